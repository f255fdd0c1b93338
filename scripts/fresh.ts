// With --check: is all that is generated what its sources say? What is stale is named, with the command that writes it anew.
await import('./vocabulary.ts');
await import('./spec-types.ts');
await import('./write-testers-api.ts');
