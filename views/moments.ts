/** The instant of a text of the server, `2026-03-31 08:30:00` in UTC. */
export function fromZoneText(text: string): Date {
  return new Date(`${text.replace(' ', 'T')}Z`)
}

/** A server text of an instant as `<input type="datetime-local">` wants it: `2026-03-31T10:30` in the zone. */
export function toLocalInput(text: string, zone: string): string {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
      .formatToParts(fromZoneText(text))
      .map(({ type, value }) => [type, value]),
  )
  return `${parts['year']}-${parts['month']}-${parts['day']}T${parts['hour']}:${parts['minute']}`
}

/** The server text of what `<input type="datetime-local">` holds, the other way round. */
export function fromLocalInput(local: string, zone: string): string {
  const wanted = Date.parse(`${local}Z`)
  // What the zone adds at about that time; asked again where the first guess is on the other side of a change of clocks.
  let instant = wanted
  for (let i = 0; i < 2; i++)
    instant =
      wanted - (Date.parse(`${toLocalInput(serverText(instant), zone)}Z`) - Math.floor(instant / 60_000) * 60_000)
  return serverText(instant)
}

const serverText = (instant: number): string => new Date(instant).toISOString().slice(0, 19).replace('T', ' ')
