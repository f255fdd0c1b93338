// The life of invitations under commands in any order by callers of every kind, drawn at random: at each step the target has
// to answer as the model of the contract does. What a step breaks is told by the check of its rule.
import { contract } from '../engine/contract.ts';
import { NotExercised } from '../not-exercised.ts';
import { needsOf, ruleIds } from '../sequences/model/rules.ts';

export const checks = contract('sequences', { takes: ['INVITEE_EMAIL', 'BOUNCE_EMAIL'] }, (kit) => {
  const { once, rule } = kit;
  // Loaded when it is needed: what draws sequences takes its time.
  const load = () => import('../sequences/model/explore.ts');
  const explored = once(async () => (await load()).createExploring(kit).explore());
  for (const id of ruleIds) {
    rule(id, 'in sequences of commands', { needs: needsOf[id] }, async () => {
      const { found, held, lost } = await explored();
      const wrong = found.get(id);
      if (wrong !== undefined) throw new Error((await load()).toSentence(wrong));
      const loss = lost.get(id);
      if (loss !== undefined) throw loss;
      if (!held.has(id)) {
        throw new NotExercised('no sequence came to it; a higher CONTRACT_RUNS gives more');
      }
    });
  }
});
