(() => {
  "use strict";
  const ROW = 58; // px, as in the style sheet
  const HIGHEST = 8000000; // px: browsers make no element much higher than twice that
  const AT_ONCE = 4;
  const find = id => document.getElementById(id);
  const data = JSON.parse(find("data").textContent);
  const text = data.text;
  const folders = data.folders.map(([name, depth, path, first, count]) => ({ name, depth, path, first, count }));
  const pages = [];
  let total = 0;
  for (const [id, count] of data.pages) {
    pages.push({ id, first: total, count, state: 0 });
    total += count;
  }

  // Of each item: a row [name, minutes, from, to, subject, attachments]; what is searched in; its folder.
  const rows = new Array(total);
  const words = new Array(total);
  const folderOf = new Uint32Array(total);
  folders.forEach((f, i) => folderOf.fill(i, f.first, f.first + f.count));

  // Width, case and kana do not matter.
  const fold = s => s.normalize("NFKC").toLowerCase().replace(/[\u30a1-\u30f6]/g, c => String.fromCharCode(c.charCodeAt(0) - 96));
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const say = (pattern, ...values) => pattern.replace(/\{(\d)\}/g, (_, i) => values[i]);

  // ---- pages of data

  const queue = [];
  let loading = 0;
  let missing = 0;

  function want(page, isUrgent) {
    if (page.state === 0) {
      page.state = 1;
      isUrgent ? queue.unshift(page) : queue.push(page);
      load();
    }
  }

  function load() {
    while (loading < AT_ONCE && queue.length > 0) {
      const page = queue.shift();
      if (!/^[0-9a-f]{16}$/.test(page.id)) {
        continue;
      }
      loading++;
      const script = document.createElement("script");
      script.src = data.directory + "/" + page.id + ".js";
      const done = isThere => {
        script.remove();
        loading--;
        page.state = isThere && rows[page.first] ? 2 : 3;
        missing += page.state === 3 ? page.count : 0;
        load();
        arrived();
      };
      script.onload = () => done(true);
      script.onerror = () => done(false);
      document.head.append(script);
    }
  }

  window.mailPage = (id, items) => {
    const page = pages.find(p => p.id === id);
    for (let i = 0; page && i < Math.min(items.length, page.count); i++) {
      rows[page.first + i] = items[i];
    }
  };

  let isWaiting = false;
  function arrived() {
    if (!isWaiting) {
      isWaiting = true;
      setTimeout(() => { isWaiting = false; refresh(false); }, 50);
    }
  }

  // ---- what is shown

  const query = find("query"), sort = find("sort"), list = find("list"), space = find("space"), status = find("status"), reading = find("reading");
  let folder = data.start; // -1: all
  let before = folder;
  let shown = [];
  let chosen = -1;
  let isNarrowed = false;

  const scope = () => folder < 0 ? [0, total] : [folders[folder].first, folders[folder].first + folders[folder].count];
  const terms = () => fold(query.value).split(/\s+/).filter(t => t.length > 0);
  const sender = row => row[2] || row[3];

  function wordsOf(i) {
    return words[i] || (words[i] = fold([rows[i][2], rows[i][3], rows[i][4], rows[i][5]].join("\n")));
  }

  function need(first, end, isUrgent) {
    for (const page of pages) {
      if (page.first < end && page.first + page.count > first) {
        want(page, isUrgent);
      }
    }
  }

  const isLoading = (first, end) => pages.some(p => p.state < 2 && p.first < end && p.first + p.count > first);

  function refresh(isNew) {
    const [first, end] = scope();
    const searched = terms();
    const order = sort.value;
    const hits = new Uint32Array(folders.length);
    const isDirect = searched.length === 0 && folder >= 0 && (order === "newest" || order === "oldest");
    shown = [];
    if (isDirect) {
      for (let i = first; i < end; i++) {
        shown.push(i);
      }
    } else {
      need(first, end, false);
      for (let i = 0; i < total; i++) {
        if (rows[i] && (searched.length === 0 || searched.every(t => wordsOf(i).includes(t)))) {
          hits[folderOf[i]]++;
          if (i >= first && i < end) {
            shown.push(i);
          }
        }
      }
      if (searched.length > 0) {
        need(0, total, false);
      }
    }

    if (order === "sender" || order === "subject") {
      const keys = new Map(shown.map(i => [i, order === "sender" ? sender(rows[i]) : rows[i][4]]));
      shown.sort((a, b) => collator.compare(keys.get(a), keys.get(b)) || b - a);
    } else {
      if (folder < 0) {
        shown.sort((a, b) => (rows[a][1] || 0) - (rows[b][1] || 0) || a - b);
      }
      if (order === "newest") {
        shown.reverse();
      }
    }

    const isBusy = !isDirect && isLoading(searched.length > 0 ? 0 : first, searched.length > 0 ? total : end);
    status.textContent = [
      say(searched.length > 0 ? text.found : text.count, number.format(shown.length)),
      isBusy ? text.loading : "",
      missing > 0 ? say(text.missing, number.format(missing)) : "",
    ].filter(s => s).join(" · ");
    tree.forEach((button, i) => {
      const at = i - 1;
      button.setAttribute("aria-current", at === folder ? "true" : "false");
      const count = at < 0 ? (searched.length > 0 ? hits.reduce((a, b) => a + b, 0) : total) : searched.length > 0 ? hits[at] : folders[at].count;
      button.lastChild.textContent = count > 0 ? number.format(count) : "";
      button.classList.toggle("empty", count === 0);
    });
    space.style.height = Math.min(shown.length * ROW, HIGHEST) + "px";
    if (isNew) {
      list.scrollTop = 0;
    }
    draw();
  }

  // ---- the list: as many elements as are seen

  const drawn = [];

  // A paper clip that no font has to have.
  function clip() {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    svg.setAttribute("viewBox", "0 0 16 16");
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", text.attachment);
    path.setAttribute("d", "M5 4.5v6a3 3 0 0 0 6 0V3.8a2 2 0 0 0-4 0v6.4a1 1 0 0 0 2 0V4.5");
    svg.append(path);
    return svg;
  }

  function row() {
    const a = document.createElement("a");
    a.className = "row";
    for (const name of ["who", "when", "what", "clip", "where"]) {
      const part = document.createElement("span");
      part.className = name;
      part.dir = "auto";
      a.append(part);
      a[name] = part;
    }
    a.clip.append(clip());
    a.addEventListener("click", e => {
      if (reading.offsetWidth > 0 && !e.ctrlKey && !e.metaKey && !e.shiftKey && e.button === 0) {
        e.preventDefault();
        choose(a.position);
      }
    });
    space.append(a);
    return a;
  }

  const place = i => [...folders[folderOf[i]].path, rows[i][0]].map(encodeURIComponent).join("/");
  const two = n => (n < 10 ? "0" : "") + n;

  function when(minutes) {
    if (minutes === null) {
      return "";
    }
    const d = new Date(minutes * 60000);
    return d.getFullYear() + "-" + two(d.getMonth() + 1) + "-" + two(d.getDate()) + " " + two(d.getHours()) + ":" + two(d.getMinutes());
  }

  // Where a list is higher than an element can be, its rows come by in jumps.
  function topRow() {
    const high = shown.length * ROW;
    return high <= HIGHEST ? list.scrollTop / ROW : list.scrollTop / (HIGHEST - list.clientHeight) * (shown.length - list.clientHeight / ROW);
  }

  function draw() {
    const top = topRow();
    const first = Math.max(0, Math.floor(top) - 2);
    const count = Math.min(shown.length - first, Math.ceil(list.clientHeight / ROW) + 5);
    while (drawn.length < count) {
      drawn.push(row());
    }
    drawn.forEach((a, n) => {
      const position = first + n;
      a.hidden = n >= count;
      if (a.hidden) {
        return;
      }
      const i = shown[position];
      const item = rows[i];
      a.position = position;
      a.style.transform = "translateY(" + Math.round(list.scrollTop + (position - top) * ROW) + "px)";
      a.classList.toggle("chosen", i === chosen);
      if (!item) {
        need(i, i + 1, true);
        a.removeAttribute("href");
      } else {
        a.href = place(i);
      }
      a.who.textContent = item ? sender(item).replace(/(.) <[^<>]*>$/, "$1") : "";
      a.who.title = item ? sender(item) : "";
      a.when.textContent = item ? when(item[1]) : "";
      a.what.textContent = item ? item[4] || text.noSubject : "…";
      a.clip.hidden = !(item && item[5]);
      a.clip.title = item ? item[5] : "";
      a.where.textContent = folder < 0 ? folders[folderOf[i]].name : "";
    });
  }

  function choose(position) {
    if (position < 0 || position >= shown.length || !rows[shown[position]]) {
      return;
    }
    chosen = shown[position];
    if (reading.offsetWidth > 0) {
      const frame = document.createElement("iframe");
      frame.title = rows[chosen][4];
      frame.setAttribute("sandbox", "allow-popups allow-popups-to-escape-sandbox allow-downloads");
      frame.src = place(chosen);
      reading.replaceChildren(frame);
    }
    const top = topRow();
    const seen = Math.floor(list.clientHeight / ROW);
    if (position < top || position >= top + seen) {
      list.scrollTop = Math.max(0, position - (position < top ? 0 : seen - 1)) / shown.length * Math.min(shown.length * ROW, HIGHEST);
    }
    draw();
  }

  // ---- folders

  const tree = [];
  function button(name, depth, at) {
    const element = document.createElement("button");
    const label = document.createElement("span");
    label.textContent = name;
    label.dir = "auto";
    const count = document.createElement("span");
    count.className = "number";
    element.append(label, count);
    element.style.paddingInlineStart = (0.75 + Math.min(depth, 12)) + "rem";
    element.title = name;
    element.addEventListener("click", () => {
      folder = at;
      before = query.value.trim() ? before : at;
      isNarrowed = query.value.trim() !== "";
      document.body.classList.remove("browsing");
      refresh(true);
    });
    find("folders").append(element);
    tree.push(element);
  }

  button(text.all, 0, -1);
  folders.forEach((f, i) => button(f.name, f.depth, i));

  let timer = 0;
  query.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      // A search is for everything, unless a folder was chosen for it.
      const isSearch = query.value.trim() !== "";
      folder = isSearch && isNarrowed ? folder : isSearch ? -1 : before;
      isNarrowed = isSearch && isNarrowed;
      refresh(true);
    }, 80);
  });
  sort.addEventListener("change", () => refresh(true));
  list.addEventListener("scroll", draw, { passive: true });
  addEventListener("resize", draw);
  find("browse").addEventListener("click", () => document.body.classList.toggle("browsing"));
  addEventListener("keydown", e => {
    if (e.key === "/" && document.activeElement !== query) {
      e.preventDefault();
      query.focus();
    } else if ((e.key === "ArrowDown" || e.key === "ArrowUp") && document.activeElement !== sort && !e.isComposing) {
      e.preventDefault();
      choose(shown.indexOf(chosen) + (e.key === "ArrowDown" ? 1 : -1));
    }
  });

  refresh(true);
})();
