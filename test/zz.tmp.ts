import { launchBrowser } from './support/browser.ts';
import { startSite } from './support/widget.ts';
const [site,b]=[await startSite(),await launchBrowser()];
for (const [name,w,h] of [['desk',1280,800],['phone',360,740]] as const){
 for (const colorScheme of ['light','dark'] as const){
 const q=await b.newPage({viewport:{width:w,height:h},colorScheme,locale:'it-IT'});
 const shot=(n:string)=>q.screenshot({path:`/tmp/team/shots/${n}-${name}${colorScheme==='dark'?'-dark':''}.png`});
 await q.goto(site.origin+'/?comune=porcari'); await shot('home');
 await q.getByRole('button',{name:'Serve un aiuto'}).click(); const f=q.frameLocator('iframe');
 await f.locator('#list').getByText('Buongiorno').waitFor(); await q.waitForTimeout(200); await shot('open');
 await f.getByRole('button',{name:'Soldi o bollette'}).click(); await f.locator('#list').getByText('Quale spesa').waitFor();await q.waitForTimeout(200); await shot('messages');
 await f.locator('#box').fill('sportello'); await f.locator('#send').click(); await f.locator('.card').first().waitFor(); await q.waitForTimeout(200); await shot('card');
 await f.locator('#scroller').evaluate(n=>{n.scrollTop=n.scrollHeight}); await shot('card2');
 await f.locator('#box').fill('pericolo'); await f.locator('#send').click(); await f.locator('.floor').first().waitFor(); await q.waitForTimeout(200); await shot('floor');
 await q.goto(site.origin+'/chat/porcari'); await q.locator('#list').getByText('Buongiorno').waitFor();await q.locator('#box').fill('sportello'); await q.locator('#send').click(); await q.locator('.card').first().waitFor(); await q.waitForTimeout(200); await shot('full');
 await q.close();
 }
}
await b.close(); await site.close();
