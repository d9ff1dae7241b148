declare module 'amaro' {
  const amaro: { transformSync(source: string, options: { mode: 'strip-only' }): { code: string } }
  export default amaro
}
