// What people write and what must be read in it: need, urgency, for whom, comune. One row, one voice.
// Details that answer a question of the flows are checked in decoder.test.ts.
import assert from 'node:assert/strict';
import { NEEDS } from '../flows/types.ts';
import { loadDirectory } from '../adapters/directory/directory.ts';
import { createDecoder } from '../bot/decoder/decoder.ts';
import type { Decoder } from '../bot/decoder/types.ts';

// text | need (- for unclear) | urgency | for whom | comune   (urgency none, whom self, comune none where left out;
// a/b where both readings can be defended)
const ROWS = `
mi è arrivata una bolletta del gas da 600 euro e non so come fare | bills
mi staccano la luce lunedì, in casa c'è mia nonna con l'ossigeno | bills | urgent
domani mi staccano il gas e ho due bimbi piccoli | bills | urgent
hanno tagliato l'acqua a tutto il palazzo perché il condominio è moroso | bills
siamo al buio da ieri, non ho pagato due bollette | bills
BOLLETTA LUCE TROPPO ALTA NON POSSO PAGARE | bills
bolleta dell'acqua arretrata, posso pagarla a rate? abito a Marlia | bills | none | self | capannori
the electricity company will cut off our power on Friday and I have a newborn | bills | urgent
I can't pay the gas bill this month, I live in Porcari | bills | none | self | porcari
we got a water bill of 900 euros, is there any help? | bills
ho perso il lavoro a giugno e non riesco a trovare niente | income
mi hanno licenziata dalla cartiera di Porcari | income
non arriviamo a fine mese con uno stipendio solo | income
sono disoccupato da un anno, vivo a Lammari | income | none | self | capannori
la mia pensione è troppo bassa per vivere | income
il padrone no paga da tre mesi | income
mi scade il contratto a fine stagione e poi resto senza lavoro | income
I lost my job two months ago and I have no income | income
my boss hasn't paid me since August | income
I'm unemployed and looking for work, I stay in Altopascio | income | none | self | altopascio
non abbiamo niente da mangiare fino a giovedì | food | urgent
il frigo è vuoto e ho tre figli piccoli | food | urgent
dove posso ritirare un pacco alimentare? | food | none | unknown
saltiamo la cena per far mangiare i bimbi | food | urgent
we have no food until Monday | food | urgent
is there a food bank near Lucca? | food | none | unknown | lucca
my fridge is empty and the kids are hungry | food | urgent
ho troppi debiti, le finanziarie mi chiamano tutti i giorni | debts
mi hanno pignorato lo stipendio per un prestito | debts
ho preso soldi da uno strozzino e ora minaccia di bruciarmi il negozio | debts | emergency
non riesco più a pagare le rate del mutuo | debts
I have too many debts and the collectors keep calling | debts
I owe 8000 euros to the bank, credit cards and a loan | debts
come pago i libri di scuola per tre figli? | family_costs
la mensa scolastica costa troppo per noi | family_costs
mi servono pannolini e latte in polvere per la bimba | family_costs
non posso permettermi la gita di mio figlio | family_costs
la retta del nido è aumentata, stiamo a Segromigno | family_costs | none | self | capannori
I can't afford school books for my kids | family_costs
nursery fees are too expensive for us | family_costs
come si fa l'ISEE? | documents_isee | none | unknown
devo rinnovare l'isee ma al caf non c'è posto | documents_isee
mi aiutate a fare lo SPID? non sono capace | documents_isee
ho perso la carta d'identità e mi serve per la domanda | documents_isee | none | self/unknown
where can I get my ISEE done? | documents_isee
I need help to fill in the forms | documents_isee
non riesco a pagare l'affitto da due mesi | rent
cerco casa in affitto ma le agenzie vogliono due buste paga | rent
il proprietario mi ha aumentato il canone | rent
non è uno sfratto, ma sono indietro con l'affitto | rent
c'è un contributo per l'affitto a Pescaglia? | rent | none | unknown | pescaglia
I can't pay the rent this month | rent
we are looking for a flat but nobody rents to us | rent
domani mattina viene l'ufficiale giudiziario per lo sfratto | eviction | urgent
ho ricevuto lo sfratto, devo lasciare la casa tra sei mesi | eviction
il padrone di casa vuole che ce ne andiamo, rivuole l'appartamento | eviction
entro venerdì dobbiamo lasciare l'appartamento | eviction | urgent
we are being evicted on Thursday | eviction | urgent
my landlord wants us out by Monday | eviction | urgent
I got an eviction notice, the hearing is in three months | eviction
quando esce il bando delle case popolari? | social_housing | none | unknown
sono in graduatoria per l'alloggio popolare da cinque anni | social_housing
vorrei il cambio alloggio erp, al terzo piano non salgo più | social_housing
how do I apply for social housing? | social_housing
we are on the waiting list for a council house in Capannori | social_housing | none | self | capannori
stanotte dormo in macchina con mia figlia di 6 anni | homelessness | emergency
non ho dove dormire stasera | homelessness | emergency
sono senza fissa dimora e giro tra Lucca e Altopascio | homelessness | emergency
mio marito mi ha buttata fuori di casa stasera | homelessness | emergency
vivo nel furgone da due settimane vicino alla stazione di Lucca | homelessness | emergency | self | lucca
I have nowhere to sleep tonight | homelessness | emergency
we are sleeping in the car with two kids | homelessness | emergency
I sleep rough near Porcari | homelessness | emergency | self | porcari
la casa è piena di muffa e il proprietario non risponde | unfit_home
muoio di freddo in casa, la caldaia è rotta | unfit_home
piove in camera dal tetto, abito a Villa Basilica | unfit_home | none | self | villa_basilica
siamo in 6 in una stanza con gli scarafaggi | unfit_home
the walls are covered in mould and my son has asthma | unfit_home
the boiler is broken and we are freezing to death | unfit_home
mio marito mi ha messo le mani addosso ieri | violence | emergency
MI STA SFONDANDO LA PORTA | violence | emergency
il mio ex mi segue dappertutto e mi minaccia | violence | emergency
il mio compagno mi controlla il telefono e non mi fa uscire | violence | urgent
mia sorella viene picchiata dal marito | violence | emergency | other
anni fa mio marito mi picchiava, ora ne sono uscita e vorrei parlarne | violence
mi vogliono far sposare uno che non conosco, la mia famiglia mi obbliga a sposarlo, non voglio | violence | emergency
my husband hit me last night | violence | emergency
he won't let me leave the house and takes my phone | violence | urgent
I'm afraid of my boyfriend, he threatened to kill me | violence | emergency
ci stiamo separando, per i figli a chi chiedo? | family_conflict
litigo sempre con mia suocera, serve una mediazione | family_conflict
la mia ex non mi fa vedere i bambini | family_conflict
my wife and I are getting divorced, who can help with custody? | family_conflict
I haven't spoken to my brother for years, we fight about everything | family_conflict
ho un problema con mio figlio | parenting_minors | none | other
mia figlia non vuole più andare a scuola | parenting_minors | none | other
mio figlio di 13 anni è vittima di bullismo | parenting_minors | none | other
la vicina urla sempre e il bambino piange, secondo me lo picchiano | parenting_minors | emergency | other
se chiedo aiuto mi portano via i figli? | parenting_minors | none | other
ho 12 anni mi picchiano | parenting_minors | emergency
ho 15 anni e a casa è un casino, non dite niente ai miei | parenting_minors
my son is being bullied at school | parenting_minors | none | other
I have problems with my teenage daughter | parenting_minors | none | other
mi sento sola, non parlo con nessuno da giorni. Ho 78 anni. | loneliness
da quando è morto mio marito le giornate sono lunghe | loneliness
nessuno mi telefona mai, vivo da solo a Gragnano | loneliness | none | self | capannori
mia mamma è sempre sola e avrebbe bisogno di un po' di compagnia | loneliness | none | other
I feel very lonely since I moved here | loneliness
nobody talks to me, I have no friends here | loneliness
mio fratello si buca, a casa non si vive | addiction | none | other
bevo troppo e vorrei smettere | addiction
mio marito si gioca lo stipendio alle macchinette | addiction | none | other
mio figlio fuma canne tutto il giorno | addiction | none | other
my husband drinks every night | addiction | none | other
I lost all my money on slot machines and can't stop gambling | addiction
non ho il permesso, se vengo mi denunciate? | integration
il permesso di soggiorno mi scade a marzo | integration
voglio imparare l'italiano, dove c'è un corso? | integration
io capito poco carta comune, chi legge per me | integration
I need to renew my residence permit | integration
where can I learn Italian? I live in Capannori | integration | none | self | capannori
chiamo per mia madre, ha 84 anni, è caduta, torna dall'ospedale lunedì e da sola non ce la fa | elderly_care | urgent | other
cerco una badante per mio padre che ha 90 anni | elderly_care | none | other
mia mamma non si alza più dal letto, sta a Camigliano | elderly_care | none/urgent | other | capannori
la nonna ha la demenza e si perde per strada | elderly_care | none | other
ho 82 anni e non riesco più a fare le scale, mi serve aiuto per la spesa | elderly_care
my mother is 88 and cannot wash or cook alone anymore | elderly_care | none | other
we need a carer for my grandfather in Montecarlo | elderly_care | none | other | montecarlo
che differenza c'è tra legge 104 e accompagnamento e a chi chiedo? | disability | none | self/unknown
mio figlio disabile a settembre finisce la scuola e poi? | disability | none | other
mia figlia è autistica e le hanno tolto le ore di sostegno | disability | none | other
sono invalido all'80% e vorrei la carrozzina | disability
my son is autistic and needs support | disability | none | other
I'm disabled and use a wheelchair | disability
vorrei farla finita | mental_health | emergency
non c’è più motivo di vivere | mental_health | emergency
non ho piu voglia di vivere da quando ho perso il lavoro | mental_health | emergency
sono depressa e piango tutto il giorno | mental_health
ho attacchi di panico, vorrei uno psicologo | mental_health
mio fratello sente le voci e non esce più di casa | mental_health | none | other
I want to die | mental_health | emergency
I feel depressed and anxious all the time | mental_health
non ce la faccio più, assisto mio marito con l'alzheimer giorno e notte | caregiver
accudisco mia madre da sola da sei anni e sono esausta | caregiver
sono io che mi occupo di mio figlio disabile, mai un giorno di riposo | caregiver
I've been looking after my husband with dementia day and night, I'm exhausted | caregiver
I need a break from caring for my mother | caregiver
ho finito le medicine è domenica | medical_access | urgent
non ho il medico di base, come lo scelgo? | medical_access
mi gira la testa e mi fa male il braccio sinistro | medical_access | emergency
la visita cardiologica è tra 14 mesi, non posso aspettare | medical_access
mio figlio ha finito l'insulina | medical_access | urgent | other
I have no family doctor here | medical_access
I can't afford my medicines | medical_access | urgent
my chest hurts and I can't breathe | medical_access | emergency
ciao | - | none | unknown
buongiorno a tutti | - | none | unknown
ho bisogno di aiuto | - | none | unknown
grazie mille, siete stati gentilissimi | - | none | unknown
quanto si paga l'IMU? | - | none | unknown
quando passano la plastica? | - | none | unknown
sei un idiota di merda | - | none | unknown
asdf | - | none | unknown
hello, can you help me? | - | none | unknown
thank you very much, you saved my life! | - | none | unknown
when do they collect the garbage in Porcari? | - | none | unknown | porcari
che tempo fa domani? | - | none | unknown
sono morta dal ridere col vostro bot ahah | - | none | unknown
mi è morto il telefono, come vi richiamo? | - | none | unknown
i nipotini mi fanno morire dal ridere, grazie! | - | none | unknown
it's not about money, I feel depressed | mental_health
non parlo di sfratto, cerco informazioni sulla casa popolare | social_housing | none | self
non cerco lavoro, mi serve il corso di italiano | integration
segnalo per un nostro utente che dorme in macchina | homelessness | emergency | other
la mia amica ha perso il lavoro e non mangia | income | none | other
scrivo per la mia vicina, non riesce a pagare le bollette | bills | none | other
vivo a Viareggio, mi serve aiuto per l'affitto | rent | none | self | outside
abito a Camaiore ma dormo da mia sorella a Lucca, non posso pagare le bollette | bills | none | self | lucca
lavoro a Lucca ma non mi pagano lo stipendio | income
sono in ospedale a Lucca, chi mi paga la bolletta? | bills
devo andare al tribunale di Lucca per lo sfratto | eviction
vengo da Napoli e cerco casa, sto a Guamo | rent | none | self | capannori
non riesco a pagare l'affitto, 55015 | rent | none | self | montecarlo
bollette, zona badia pozzeveri | bills | none | self | altopascio
sto a capanori e ho la muffa in casa | unfit_home | none | self | capannori
affitto arretrato, s. ginese | rent | none | self | capannori
bolletta luce. Porcari non Altopascio | bills | none | self | porcari
abito a Altopascio, no aspetta, Porcari. affitto alto | rent | none | self | porcari
my rent is too high, I live in S. Leonardo | rent | none | self | capannori
mi serve un pacco alimentare, vivo a zone | food | none | self | capannori
il bus per Lucca costa troppo e ho perso il lavoro | income
I work in Lucca but live in Lunata and I can't pay the bills | bills | none | self | capannori
`;

interface Row {
  text: string;
  need: string | null;
  urgency: string;
  whom: string;
  comune: string;
}

const rows: Row[] = ROWS.trim()
  .split('\n')
  .map((line) => {
    const [text = '', need = '', urgency = 'none', whom = 'self', comune = 'none'] = line
      .split(' | ')
      .map((cell) => cell.trim());
    return { text, need: need === '-' ? null : need, urgency, whom, comune };
  });

describe('decoder: what people write', () => {
  let decoder: Decoder;
  before(async () => {
    const directory = loadDirectory();
    decoder = await createDecoder({ frazioni: directory.frazioni(), comuni: directory.comuni() });
  });

  it('has a voice for every need, in Italian and in English', () => {
    const english = /\b(?:I|I'm|my|we|the|is|you)\b/;
    for (const need of Object.values(NEEDS).flat())
      for (const isEnglish of [true, false])
        assert.ok(
          rows.some((row) => row.need === need && english.test(row.text) === isEnglish),
          `${need} ${isEnglish ? 'en' : 'it'}`,
        );
    assert.ok(rows.length >= 150);
  });

  for (const row of rows)
    it(row.text, async () => {
      const { need, urgency, forWhom, comune } = await decoder.decode(row.text);
      const whom = forWhom === 'client' ? 'other' : forWhom;
      const oneOf = (told: string, right: string): string => (right.split('/').includes(told) ? right : told);
      const told = { text: row.text, need, urgency: oneOf(urgency, row.urgency), whom: oneOf(whom, row.whom), comune };
      assert.deepEqual(told, row);
    });
});
