/** Passwords that are known from breaches. */
export interface BreachList {
  /** False as well when the list cannot be reached: nobody is kept out by somebody else's failure. */
  knows(password: string): Promise<boolean>;
}

/** For a machine that is not to ask anybody. */
export const noBreachList: BreachList = { knows: () => Promise.resolve(false) };
