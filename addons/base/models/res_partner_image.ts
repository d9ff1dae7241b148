import { avatarOf, field, resizeImage, type RecordsOf } from '#core'
import { ResPartner } from './res_partner.ts'

const SIZES = [1024, 512, 256, 128] as const
const OPTIONS = { attachment: false, readonly: true, exportable: false } as const

export class ResPartnerImageFields {
  image_1024 = field.binary({ string: 'Image 1024', ...OPTIONS })
  image_512 = field.binary({ string: 'Image 512', ...OPTIONS })
  image_256 = field.binary({ string: 'Image 256', ...OPTIONS })
  image_128 = field.binary({ string: 'Image 128', ...OPTIONS })
  avatar_1920 = field.binary({ string: 'Avatar', ...OPTIONS })
  avatar_1024 = field.binary({ string: 'Avatar 1024', ...OPTIONS })
  avatar_512 = field.binary({ string: 'Avatar 512', ...OPTIONS })
  avatar_256 = field.binary({ string: 'Avatar 256', ...OPTIONS })
  avatar_128 = field.binary({ string: 'Avatar 128', ...OPTIONS })
}

/** The picture of a contact in smaller sizes, and one drawn from the name for who has none. */
export const ResPartnerImage = ResPartner.extend(ResPartnerImageFields, (Base) => class extends Base {})

const sized = async (image: Uint8Array | null, size: number): Promise<Uint8Array | null> =>
  image && resizeImage(image, [size, size])

for (const size of SIZES) {
  ResPartnerImage.computeBatch(
    `image_${size}`,
    ['image_1920'],
    async (partners) =>
      new Map(await Promise.all(partners.map(async (one) => [one.id, await sized(one.image_1920, size)] as const))),
  ).computeBatch(
    `avatar_${size}`,
    ['image_1920', 'name'],
    async (partners) =>
      new Map(
        await Promise.all(
          partners.map(
            async (one) => [one.id, (await sized(one.image_1920, size)) ?? avatarOf(one.name ?? '')] as const,
          ),
        ),
      ),
  )
}
ResPartnerImage.compute('avatar_1920', ['image_1920', 'name'], (one) => one.image_1920 ?? avatarOf(one.name ?? ''))

declare module './res_partner.ts' {
  interface ResPartnerFields extends ResPartnerImageFields {}
  interface ResPartner extends RecordsOf<typeof ResPartnerImage> {}
}
