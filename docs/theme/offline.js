// For pages that are opened from a folder. There a browser starts no worker, and the theme's search runs in one: so its
// script runs in a hidden frame instead, which is given the few things that a worker has.
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    #waiting = [];
    #frame = document.createElement("iframe");

    constructor(url) {
      super();
      this.#frame.hidden = true;
      document.body.append(this.#frame);
      const inside = this.#frame.contentWindow;
      inside.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }));
      inside.importScripts = (...urls) => Promise.all(urls.map((script) => this.#load(new URL(script, new URL(url, location)))));
      this.#load(url).then(() => {
        for (const data of this.#waiting.splice(0)) this.#tell(data);
        this.#waiting = null;
      });
    }

    postMessage(data) {
      if (this.#waiting) this.#waiting.push(data);
      else this.#tell(data);
    }

    terminate() {
      this.#frame.remove();
    }

    #tell(data) {
      const { contentWindow: inside } = this.#frame;
      inside.dispatchEvent(new inside.MessageEvent("message", { data }));
    }

    #load(url) {
      const script = this.#frame.contentDocument.createElement("script");
      const loaded = new Promise((done, failed) => Object.assign(script, { onload: done, onerror: failed }));
      script.src = url;
      this.#frame.contentDocument.head.append(script);
      return loaded;
    }
  };

  // Nor does it load modules or data from files. So the build puts the text of each file of the interactive figures in a
  // script, `dlText(name, text)`, and a module is imported from its text, with the addresses of those that it imports.
  const ROOT = document.currentScript.src;
  const texts = new Map(), addresses = new Map();
  window.dlText = (name, text) => texts.set(name, text);
  const text = async (name) => {
    const script = Object.assign(document.createElement("script"), { src: new URL(`widgets/${name}.js`, ROOT) });
    const loaded = new Promise((done, failed) => Object.assign(script, { onload: done, onerror: failed }));
    document.head.append(script);
    await loaded;
    return texts.get(name);
  };
  const made = async (name) => {
    let code = await text(name);
    for (const [quoted, other] of code.matchAll(/"\.\/([\w.]+\.mjs)"/g)) code = code.replaceAll(quoted, JSON.stringify(await address(other)));
    return URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  };
  const address = (name) => {
    if (!addresses.has(name)) addresses.set(name, made(name));
    return addresses.get(name);
  };
  window.dlFolder = { text, module: async (name) => import(await address(name)) };
}
