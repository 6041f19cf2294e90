/* Money is an integer of minor units and an ISO 4217 currency. */

/* How many minor units make one is ISO 4217's to say: browsers write some currencies with fewer digits (IQD, LBP, RSD), as shops there do. */
const DIGITS = {
  0: "ADP BEF BIF BYB BYR CLP DJF ESP GNF GRD ISK ITL JPY KMF KRW LUF MGF PTE PYG ROL RWF TPE TRL UGX UYI VND VUV XAF XOF XPF",
  3: "BHD IQD JOD KWD LYD OMR TND",
  4: "CLF",
};
const formats = new Map();

const digitsOf = (currency) => Number(Object.keys(DIGITS).find((digits) => DIGITS[digits].includes(currency)) ?? 2);

function formatOf(currency) {
  if (!formats.has(currency)) {
    const digits = digitsOf(currency);
    const style = { style: "currency", currency, minimumFractionDigits: digits, maximumFractionDigits: digits };
    formats.set(currency, new Intl.NumberFormat(undefined, style));
  }
  return formats.get(currency);
}

/** {amount: 1999, currency: "EUR"} -> "€19.99"; 1999 JPY -> "¥1,999"; nothing -> an empty text. */
export function format(money) {
  if (!money || !Number.isFinite(money.amount)) return "";
  try {
    return formatOf(money.currency).format(money.amount / 10 ** digitsOf(money.currency));
  } catch {
    return ""; // No currency: a number alone would be a wrong price.
  }
}

/** "500 EUR in minor units", as the API's own words have it, as people write it. */
export const readable = (text) =>
  text.replaceAll(/(\d+) ([A-Z]{3})(?: in minor units| \(minor units\))/g, (_, amount, currency) => format({ amount: Number(amount), currency }));

export const times = (money, quantity) => ({ amount: money.amount * quantity, currency: money.currency });

export const isSame = (one, other) => one.amount === other.amount && one.currency === other.currency;

/** One sum for each currency that occurs: amounts of two currencies are never added. */
export function totals(monies) {
  const sums = new Map();
  for (const { amount, currency } of monies) sums.set(currency, (sums.get(currency) ?? 0) + amount);
  return [...sums].map(([currency, amount]) => ({ amount, currency }));
}
