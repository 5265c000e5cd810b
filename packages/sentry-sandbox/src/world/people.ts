import { createPerson, type Person, type PersonBlueprint } from './person.ts'

/** The four people one can sign in as. */
export const signInBlueprints: readonly (PersonBlueprint & { summary: string })[] = [
  {
    key: 'mira-lindqvist',
    name: 'Mira Lindqvist',
    email: 'mira@lumenfreight.example',
    summary: 'Owner of three organizations: two in the US, one in Germany',
  },
  {
    key: 'noor-haddad',
    name: 'Noor Haddad',
    email: 'noor@lumenfreight.example',
    username: 'noor',
    summary: 'Member of one organization; sees only the projects of her teams',
  },
  {
    key: 'sam',
    name: null,
    email: 'sam@post.example',
    summary: 'In no organization yet, and has never filled in a name',
  },
  {
    key: 'astrid-vik',
    name: 'Astrid Vik',
    email: 'astrid@northstar.example',
    summary: 'Owner of five organizations in both regions, one of them with 400 projects',
  },
]

const colleagues: readonly PersonBlueprint[] = [
  ...nameColleagues('lumenfreight.example', [
    'Tobias Achterberg',
    'Ingrid Solheim',
    'Kwame Boateng',
    'Priya Raghunathan',
    'Luca Ferrante',
    'Hana Kobayashi',
    'Mateo Quiroga',
    'Aisha Bello',
    'Jonas Petrauskas',
    'Chloe Marchetti',
    'Daniel Oyelaran',
    'Sofia Papadaki',
    'Rafael Nogueira',
    'Wren Gallagher',
    'Emre Yildirim',
    'Beatriz Salgado',
    'Oskar Wisniewski',
    'Farah Siddiqui',
    'Gideon Mbeki',
    'Yuki Tanabe',
  ]),
  ...nameColleagues('kleinwerk.example', [
    'Anneliese Vogt',
    'Cem Aydin',
    'Friederike Brandt',
    'Piotr Zielinski',
    'Lotte van Dijk',
    'Marek Novotny',
    'Jule Sommer',
  ]),
  ...nameColleagues('tinyorchard.example', ['Pip Hargreaves']),
  ...nameColleagues('halyard.example', [
    'Desmond Achebe',
    'Zofia Kaminska',
    'Ruben Castellanos',
    'Maya Thornbury',
    'Ilya Sorokin',
  ]),
  ...nameColleagues('fjordbank.example', ['Solveig Dahl', 'Henrik Nygaard', 'Amara Okonkwo']),
  ...nameColleagues('northstar.example', ['Lars Bergstrom', 'Nadia Rahman', 'Owen Fitzgerald', 'Tamara Jovanovic']),
  { key: 'deploy-account', name: null, email: 'deploy@lumenfreight.example', username: 'lumen-deploy' },
]

function nameColleagues(domain: string, names: readonly string[]): PersonBlueprint[] {
  return names.map((name) => {
    const key = name.toLowerCase().replaceAll(' ', '-')
    return { key, name, email: `${key.replaceAll('-', '.')}@${domain}` }
  })
}

/** Everybody with an account, by key. */
export function createPeople(): Map<string, Person> {
  return new Map([...signInBlueprints, ...colleagues].map((blueprint) => [blueprint.key, createPerson(blueprint)]))
}
