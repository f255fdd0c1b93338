// What two requests at once come to: nobody wins twice, and nothing is left that no order of the two could give.
import { rule } from '../rule.ts';
import { races } from './course.ts';
import { repeat } from './race.ts';

for (const race of races) {
  rule(race.rule, `${race.title} at once`, { needs: race.needs }, () => repeat(race));
}
