import { createRequire } from 'node:module'

const { resolve } = createRequire(import.meta.url)
const fileOf = (weight: string) =>
  resolve(`@expo-google-fonts/noto-sans-sc/${weight}/NotoSansSC_${weight}.ttf`)

/** As the files themselves call it. */
export const family = 'Noto Sans SC'

/** Files of the Chinese fonts by weight: pictures and documents look the same on every machine. */
export const fontFiles = {
  regular: fileOf('400Regular'),
  bold: fileOf('700Bold'),
  black: fileOf('900Black'),
} as const
