/* Money is an integer of minor units and an ISO 4217 currency; how many digits that currency has is the browser's knowledge. */

const formats = new Map();

function formatOf(currency) {
  if (!formats.has(currency)) {
    formats.set(currency, new Intl.NumberFormat(undefined, { style: "currency", currency }));
  }
  return formats.get(currency);
}

/** {amount: 1999, currency: "EUR"} -> "€19.99"; 1999 JPY -> "¥1,999"; nothing -> an empty text. */
export function format(money) {
  if (!money || !Number.isFinite(money.amount)) return "";
  try {
    const format = formatOf(money.currency);
    return format.format(money.amount / 10 ** format.resolvedOptions().maximumFractionDigits);
  } catch {
    return `${money.amount} ${money.currency ?? ""}`.trim();
  }
}

export const times = (money, quantity) => ({ amount: money.amount * quantity, currency: money.currency });

/** One sum for each currency that occurs: amounts of two currencies are never added. */
export function totals(monies) {
  const sums = new Map();
  for (const { amount, currency } of monies) sums.set(currency, (sums.get(currency) ?? 0) + amount);
  return [...sums].map(([currency, amount]) => ({ amount, currency }));
}
