/**
 * What every database of the engine promises, whatever it is made of.
 */
import type { Subject } from '#shared/identity/engine/realm.ts';
import { guesses } from './guess-contract.ts';
import { oneTimes } from './one-time-contract.ts';
import { records } from './record-contract.ts';
import { secondFactors } from './second-factor-contract.ts';
import { passwords, sessions } from './session-contract.ts';
import { subjects } from './subject-contract.ts';
import { withSubjectOf, type SubjectContract } from './subject-world.ts';

/** Registers the promises as tests of the suite around it. */
export function authDatabaseContract<User extends Subject>(contract: SubjectContract<User>): void {
  const withSubject = withSubjectOf(contract);
  subjects(contract, withSubject);
  records(withSubject);
  oneTimes(withSubject);
  sessions(withSubject);
  passwords(withSubject);
  guesses(withSubject);
  secondFactors(withSubject);
}
