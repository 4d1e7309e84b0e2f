import type { Accreditation, Institution } from '../../features/institutions/institution.entity.js';
import { addDays, localParts } from '../../i18n/zones.js';
import type { Dice } from './dice.js';
import { districts, streets, type Service } from './registry.data.js';
import type { Stage } from './stage.js';

type Facts = Pick<Institution, 'name' | 'regionCode' | 'address' | 'district' | 'registrationNumber'> &
  Partial<Institution>;

export interface DescribedInstitution {
  facts: Facts;
  /** Main one first. */
  services: Service[];
  grade: Accreditation['grade'] | undefined;
}

interface Given {
  /** Of its papers. */
  serial: number;
  name: string;
  region: string;
  service: Service;
  district?: string;
  /** Left open: as it falls. */
  accredited?: boolean | undefined;
}

const month = 30;
/** Most are B or C. */
const grades: [Accreditation['grade'], ...Accreditation['grade'][]] = ['A', 'B', 'B', 'B', 'C', 'C'];
const dateOf = (today: Date, days: number) => addDays(localParts(today, 'Asia/Jakarta').date, days);

function clients(dice: Dice, service: Service): Partial<Institution> {
  if (service === 'lainnya' || dice.happens(8)) return {};
  const isHome = service !== 'napza' || dice.happens(60);
  return {
    clientsInsideMale: isHome ? dice.between(4, 34) : 0,
    clientsInsideFemale: isHome ? dice.between(0, 30) : 0,
    clientsOutsideMale: dice.between(0, 18),
    clientsOutsideFemale: dice.between(0, 18),
  };
}

/** Numbers of papers carry the word CONTOH: they must not be taken for somebody's. */
function papers(dice: Dice, today: Date, given: Given, isRegistered: boolean): Partial<Institution> {
  const { region } = given;
  const number = String(given.serial).padStart(3, '0');
  const since = -dice.between(14, 130) * month;
  const hasDeed = isRegistered || dice.happens(60);
  return {
    ...(hasDeed && { deedNumber: `CONTOH/AKTA/${number}`, deedDate: dateOf(today, since - 200) }),
    ...(isRegistered && {
      registrationState: 'registered',
      registrationNumber: `CONTOH/LKS/${region}/${number}`,
      registrationDate: dateOf(today, since),
    }),
    ...(isRegistered &&
      dice.happens(75) && {
        permitNumber: `CONTOH/IO/${region}/${number}`,
        permitDate: dateOf(today, since + 60),
        permitValidUntil: dateOf(today, dice.between(-6, 34) * month),
      }),
  };
}

function otherServices(dice: Dice, service: Service): Service[] {
  if (service === 'anak' && dice.happens(7)) return ['disabilitas'];
  if (service === 'lanjut_usia' && dice.happens(40)) return ['lainnya'];
  return [];
}

/** An LKS with everything that a registry of an office usually knows of it, and the usual gaps. */
export function describe(dice: Dice, today: Date, given: Given): DescribedInstitution {
  const { name, region, service, accredited } = given;
  const isRegistered = accredited === true || dice.happens(72);
  const isAccredited = accredited ?? (isRegistered && dice.happens(58));
  const inProcess = !isRegistered && dice.happens(50);
  const district = dice.pick(districts[region] ?? ['']);
  const facts: Facts = {
    name,
    regionCode: region,
    address: `Jl. ${dice.pick(streets)} No. ${dice.between(1, 120)}`,
    district: given.district ?? district,
    registrationNumber: '',
    registrationState: inProcess ? 'in_process' : 'not_registered',
    ...clients(dice, service),
    ...papers(dice, today, given, isRegistered),
  };
  const grade = isAccredited ? dice.pick(grades) : undefined;
  return { facts, services: [service, ...otherServices(dice, service)], grade };
}

const years = { A: 5, B: 3, C: 2 };

/** An accreditation as its certificate says: some end within the year, a few already have. */
export function validity(
  { dice, today }: Stage,
  grade: Accreditation['grade'],
  { regionCode, registrationNumber }: Facts,
) {
  // Klaten's eight count as accredited: they are valid.
  const least = regionCode === '33.10' ? 1 : -5;
  const end = dice.between(least, years[grade] * 11) * month;
  return {
    grade,
    certificateNumber: `CONTOH/AKR/${registrationNumber.slice(-3)}`,
    issuedOn: dateOf(today, end - years[grade] * 365),
    validUntil: dateOf(today, end),
  };
}
