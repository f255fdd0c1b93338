// After all test files.
import { running } from './running.ts';

export default async function stopMock(): Promise<void> {
  await running.mock?.close();
}
