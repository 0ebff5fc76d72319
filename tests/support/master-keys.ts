import { masterKeysHeld, masterKeysIn, newMasterKey, type MasterKeys } from '../../ops/master-keys.js';

/** Master keys that live as long as the test. */
export function testMasterKeys(): MasterKeys {
  const keys = masterKeysIn(newMasterKey());
  return masterKeysHeld(() => keys);
}
