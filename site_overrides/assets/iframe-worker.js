/*
 * What the theme's search needs from a file share, under a strict policy, and to cost nothing until it is used.
 *
 * From a file, a browser starts no worker. A hidden frame takes its place: the worker's script is loaded into
 * it as a file, and no markup is written. Its functions are given to it from here.
 * The worker looks for the name IFrameWorker in its parent to know where it is.
 */
(function () {
  "use strict";

  window.IFrameWorker = class extends EventTarget {
    constructor(url) {
      super();
      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      this.ready = new Promise((resolve, reject) => {
        this.frame.addEventListener(
          "load",
          () => {
            this.prepare(this.frame.contentWindow);
            this.load(url).then(resolve, reject);
          },
          { once: true },
        );
      });
      this.ready.catch((error) => this.tell("error", { error, message: String(error) }));
      document.body.append(this.frame);
    }

    prepare(inside) {
      inside.postMessage = (data) => this.tell("message", { data });
      inside.importScripts = (...urls) =>
        urls.reduce((before, url) => before.then(() => this.load(url)), Promise.resolve());
    }

    load(url) {
      return new Promise((resolve, reject) => {
        const script = this.frame.contentDocument.createElement("script");
        script.src = new URL(url, location.href).href;
        script.addEventListener("load", resolve);
        script.addEventListener("error", () => reject(new Error(script.src)));
        this.frame.contentDocument.body.append(script);
      });
    }

    tell(type, details) {
      const Kind = type === "error" ? ErrorEvent : MessageEvent;
      const event = new Kind(type, details);
      this.dispatchEvent(event);
      if (this["on" + type]) this["on" + type](event);
    }

    postMessage(data) {
      this.ready.then(
        () => {
          const inside = this.frame.contentWindow;
          inside.dispatchEvent(new inside.MessageEvent("message", { data: structuredClone(data) }));
        },
        () => {
          /* told above */
        },
      );
    }

    terminate() {
      this.frame.remove();
    }
  };
  if (location.protocol === "file:") window.Worker = window.IFrameWorker;

  // From a server, the theme would fetch the whole index for every page and work on it for a second. From a file,
  // it waits until somebody searches: so it does here.
  const { open, send } = XMLHttpRequest.prototype;
  const searching = new Promise((resolve) => {
    document.addEventListener("focusin", ({ target }) => target.closest(".md-search") && resolve());
  });
  XMLHttpRequest.prototype.open = function (method, url, ...rest) {
    this.waits = String(url).endsWith("/search_index.json");
    open.call(this, method, url, ...rest);
  };
  XMLHttpRequest.prototype.send = function (body) {
    if (this.waits) void searching.then(() => send.call(this, body));
    else send.call(this, body);
  };

  // Another engine's search brings a style element into its shadow tree, where a policy lets only sheets in.
  const append = ShadowRoot.prototype.appendChild;
  ShadowRoot.prototype.appendChild = function (node) {
    if (node.localName !== "style") return append.call(this, node);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(node.textContent);
    this.adoptedStyleSheets = [...this.adoptedStyleSheets, sheet];
    return node;
  };
})();
