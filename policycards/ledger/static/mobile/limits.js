// What this browser cannot do, said at once with what to do instead.
import { fill, make, say, screen } from "./page.js";

export const isInWeChat = () => /MicroMessenger/i.test(navigator.userAgent);

export function limits() {
  const text = !isInWeChat() && !window.isSecureContext && say("no_https");
  fill(document.getElementById("limits"), text && make("p", {}, text));
}

// WeChat keeps nothing and works on no network: the slip stays in the address, which the browser is given by the menu.
export function openElsewhere() {
  const picture = make("div", { className: "menu", ariaHidden: "true" }, make("b", {}, "⋯"), make("span", {}, "↗"), make("em", {}, "在浏览器打开"));
  screen(say("title"), [make("p", { className: "warn", role: "status" }, say("in_wechat")), picture]);
}
