// The life of invitations under commands in any order by callers of every kind, drawn at random: at each step the target has
// to answer as the model of the contract does. What a step breaks is told by the check of its rule.
import { once } from '../arrange.ts';
import { NotExercised } from '../not-exercised.ts';
import { rule } from '../rule.ts';
import { explore, toSentence } from './explore.ts';
import { needsOf, ruleIds } from './rules.ts';

const explored = once(() => explore());

for (const id of ruleIds) {
  rule(id, 'in sequences of commands', { needs: needsOf[id] }, async () => {
    const { found, held } = await explored();
    const wrong = found.get(id);
    if (wrong !== undefined) throw new Error(toSentence(wrong));
    if (!held.has(id)) {
      throw new NotExercised('no sequence came to it; a higher CONTRACT_RUNS gives more');
    }
  });
}
