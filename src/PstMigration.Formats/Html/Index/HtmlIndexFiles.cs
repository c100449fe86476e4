using System.Text;
using System.Text.Json;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>The files of an <see cref="HtmlIndex"/>: <c>index.html</c>, and beside it pages of data named by what they hold.</summary>
internal static class HtmlIndexFiles
{
    /// <summary>The directory of the pages.</summary>
    public const string DirectoryName = TreeFiles.OwnPrefix + "index";

    private const string PageEnding = ".js";

    /// <summary>Items of a page at most: some 300 KB.</summary>
    private const int PageSize = 2000;

    /// <summary>Reads what the index of a tree lists; nothing of one that is damaged or another program's.</summary>
    public static IEnumerable<HtmlIndexEntry> Read(string root)
    {
        foreach (string id in Pages(root))
        {
            List<HtmlIndexEntry> entries = [];
            try
            {
                string text = PlainFile.ReadAllText(PathOf(root, id));
                int first = text.IndexOf('[');
                int last = text.LastIndexOf(']');
                using JsonDocument page = JsonDocument.Parse(first >= 0 && last > first ? text.Substring(first, last - first + 1) : "[]");
                entries.AddRange(page.RootElement.EnumerateArray().Select(HtmlIndexEntry.Read).OfType<HtmlIndexEntry>());
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
            {
                // The documents say it themselves.
            }

            foreach (HtmlIndexEntry entry in entries)
            {
                yield return entry;
            }
        }
    }

    /// <summary>Writes the index.</summary>
    /// <param name="root">The full path of the tree.</param>
    /// <param name="folders">The folders with what is in them.</param>
    /// <returns>The file; null where another program's has its name.</returns>
    /// <exception cref="MailDataException">AccessDenied, DiskFull, TreeWriteFailed.</exception>
    public static WrittenFile? Write(string root, IReadOnlyList<HtmlIndexFolder> folders)
    {
        string path = Path.Combine(root, HtmlIndex.FileName);
        if (IsOther(path))
        {
            return null;
        }

        return WholeFile.Guard(path, () =>
        {
            AtomicFile.CreateDirectory(Path.Combine(root, DirectoryName));
            List<(string Id, int Count)> pages = [.. Divide(folders).Select(p => (WritePage(root, p), p.Count))];
            byte[] html = Encoding.UTF8.GetBytes(HtmlIndexPage.Build(Path.GetFileName(root), folders, pages));
            if (!File.Exists(LongPath.Of(path)) || !PlainFile.ReadAllBytes(path).AsSpan().SequenceEqual(html))
            {
                Put(path, html);
            }

            Clear(root, new HashSet<string>(pages.Select(p => p.Id), StringComparer.Ordinal));
            return new WrittenFile(path, html.Length, []);
        });
    }

    /// <summary>
    /// What comes into each page. A large folder begins a page of its own: the full pages before new items are what they were, and are not written again.
    /// </summary>
    private static IEnumerable<List<HtmlIndexEntry>> Divide(IReadOnlyList<HtmlIndexFolder> folders)
    {
        List<HtmlIndexEntry> page = [];
        foreach (HtmlIndexFolder folder in folders)
        {
            if (page.Count > 0 && folder.Entries.Count >= PageSize / 2)
            {
                yield return page;
                page = [];
            }

            foreach (HtmlIndexEntry entry in folder.Entries)
            {
                page.Add(entry);
                if (page.Count == PageSize)
                {
                    yield return page;
                    page = [];
                }
            }
        }

        if (page.Count > 0)
        {
            yield return page;
        }
    }

    private static string WritePage(string root, List<HtmlIndexEntry> entries)
    {
        using MemoryStream rows = new();
        foreach (HtmlIndexEntry entry in entries)
        {
            rows.WriteByte(rows.Length == 0 ? (byte)'[' : (byte)',');
            rows.WriteByte((byte)'\n');
            entry.Write(rows);
        }

        byte[] json = rows.ToArray();
        string id = Hex.Lower(Sha256.Hash(json)).Substring(0, 16);
        string path = PathOf(root, id);
        byte[] script = [.. Encoding.ASCII.GetBytes("mailPage(\"" + id + "\",\n"), .. json, .. Encoding.ASCII.GetBytes("\n]);\n")];
        if (new FileInfo(LongPath.Of(path)) is not { Exists: true } file || file.Length != script.Length)
        {
            Put(path, script);
        }

        return id;
    }

    private static void Put(string path, byte[] content)
    {
        using (FileStream stream = AtomicFile.Create(path + AtomicFile.Suffix, FileAccess.Write, bufferSize: 1))
        {
            stream.Write(content, 0, content.Length);
            stream.Flush(flushToDisk: true);
        }

        AtomicFile.Finish(path, replace: true);
    }

    private static void Clear(string root, HashSet<string> pages)
    {
        foreach (string name in TreeFiles.Files(Path.Combine(root, DirectoryName)))
        {
            string id = name.EndsWith(PageEnding, StringComparison.Ordinal) ? name.Substring(0, name.Length - PageEnding.Length) : "";
            if (AtomicFile.IsUnfinished(name) || (HtmlIndexPage.IsPageId(id) && !pages.Contains(id)))
            {
                AtomicFile.Discard(Path.Combine(root, DirectoryName, name));
            }
        }
    }

    private static bool IsOther(string path) => File.Exists(LongPath.Of(path)) ? HtmlIndexPage.ReadPages(Text(path)) is null : Directory.Exists(LongPath.Of(path));

    private static IReadOnlyList<string> Pages(string root)
    {
        string path = Path.Combine(root, HtmlIndex.FileName);
        return File.Exists(LongPath.Of(path)) ? HtmlIndexPage.ReadPages(Text(path)) ?? [] : [];
    }

    private static string Text(string path) => TreeFiles.Read(path, PlainFile.ReadAllText);

    private static string PathOf(string root, string id) => Path.Combine(root, DirectoryName, id + PageEnding);
}
