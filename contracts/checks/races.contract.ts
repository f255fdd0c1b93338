// What two requests at once come to: nobody wins twice, and nothing is left that no order of the two could give.
import { contract } from '../engine/contract.ts';
import { createRaces } from './races/course.ts';
import { createRacing } from './races/race.ts';

export const checks = contract('races', (kit) => {
  const { repeat } = createRacing(kit);
  for (const race of createRaces(kit).races) {
    kit.rule(race.rule, `${race.title} at once`, { needs: race.needs }, () => repeat(race));
  }
});
