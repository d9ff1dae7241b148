import type { ModelInfo } from './model-info.ts'
/** placeholder during set-up */
export interface Registry { get(name: string): ModelInfo; has(name: string): boolean; models(): Iterable<ModelInfo> }
