// Takes names and streets out of Chinese, where no space or capital letter tells words apart: by what stands around them.
// Names in letters are left to names.ts, streets to addresses.ts.
import { MARKS } from './shapes.ts';

const HAN_NAMES = [
  /(?<=我叫|我的名字是|名字叫|姓名[:：]?|他叫|她叫)\s?\p{Script=Han}{2,3}/gu,
  /[王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫胡朱林何郭马馬罗羅郑鄭叶葉金夏潘]\p{Script=Han}{0,2}(?=先生|女士|太太|小姐|老师|老師|医生|醫生)/gu,
];

const HAN_STREET = /[\p{Script=Han}]{2,6}(?:路|街|巷|弄|大道)\s?\d{1,4}\s?[号號]?/gu;

export function takeHan(text: string): string {
  const left = text.replace(HAN_STREET, MARKS.address);
  return HAN_NAMES.reduce((rest, pattern) => rest.replace(pattern, MARKS.name), left);
}
