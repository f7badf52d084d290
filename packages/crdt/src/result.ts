/** What a function answers that reads the outside: the value, or why there is none. Bugs throw; life returns. */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E }
