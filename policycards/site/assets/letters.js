"use strict";
// Letters alone, look-alikes as one: no tsheg, shad, space or case; stacks taken apart; ba as pa, long vowels as short ones.
function letters(text) {
  return text.normalize("NFC").toLowerCase()
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[\u0f90-\u0fb9]/g, (below) => String.fromCharCode(below.charCodeAt(0) - 0x50))
    .replace(/[\u0fba\u0fbb\u0fbc\u0f6a]/g, (fixed) => ({ "\u0fba": "ཝ", "\u0fbb": "ཡ", "\u0fbc": "ར", "\u0f6a": "ར" })[fixed])
    .replace(/བ/g, "པ").replace(/\u0f7b/g, "\u0f7a").replace(/\u0f7d/g, "\u0f7c").replace(/\u0f80/g, "\u0f72")
    .replace(/[^\p{L}\p{N}\u0f72\u0f74\u0f7a\u0f7c]/gu, "");
}
