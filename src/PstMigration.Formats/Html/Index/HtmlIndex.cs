using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// <c>index.html</c> in the root of a tree of HTML documents: its folders, a list, and a search over all of it. What it lists is in pages of data in
/// a directory beside it, which it loads as scripts: a browser lets a page that lies on a disk read nothing else. These pages are what the index remembers, too: a
/// second run opens no document. One that they do not know, such as after a run that was killed, is asked itself (<see cref="HtmlDocumentHeading"/>).
/// </summary>
/// <remarks>
/// Pages are named by what they hold and never change; <c>index.html</c> names those that count and is put into place by one rename. So whoever looks while it is written,
/// or after a run that was killed, sees an index that is whole.
/// </remarks>
internal sealed class HtmlIndex
{
    /// <summary>The file's name.</summary>
    public const string FileName = "index.html";

    private readonly string _root;
    private readonly Dictionary<string, HtmlIndexEntry> _entries = new(StringComparer.Ordinal);

    /// <summary>The index of a tree, with what it remembers.</summary>
    /// <param name="root">The full path of the tree.</param>
    public HtmlIndex(string root)
    {
        _root = root;
        foreach (HtmlIndexEntry entry in HtmlIndexFiles.Read(root))
        {
            if (ItemFileName.Parse(entry.Name, HtmlContent.DocumentEnding) is (string id, int number))
            {
                _entries[KeyOf(id, number)] = entry;
            }
        }
    }

    /// <summary>Notes a document that was written.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="entry">What the index tells of it.</param>
    public void Add(string name, HtmlIndexEntry entry)
    {
        if (ItemFileName.Parse(name, HtmlContent.DocumentEnding) is (string id, int number))
        {
            _entries[KeyOf(id, number)] = entry.Named(name);
        }
    }

    /// <summary>Writes the index of what is in the tree now.</summary>
    /// <param name="folders">The folders.</param>
    /// <param name="documents">The documents.</param>
    /// <returns>The file; null where another program's has its name.</returns>
    /// <exception cref="MailDataException">AccessDenied, DiskFull, TreeWriteFailed.</exception>
    public WrittenFile? Write(IEnumerable<DirectoryFolder> folders, IEnumerable<FilePlace> documents)
    {
        ILookup<string, FilePlace> places = documents.Where(p => ItemFileName.Parse(p.Name, HtmlContent.DocumentEnding) is not null).ToLookup(p => p.Directory, StringComparer.Ordinal);
        List<HtmlIndexFolder> listed = HtmlIndexFolder.Arrange(folders, _root, places.Contains);
        foreach (HtmlIndexFolder folder in listed)
        {
            folder.Entries.AddRange(places[folder.Directory].Select(EntryOf).OrderBy(e => e.Minutes ?? long.MinValue).ThenBy(e => e.Name, StringComparer.Ordinal));
        }

        return HtmlIndexFiles.Write(_root, listed);
    }

    private HtmlIndexEntry EntryOf(FilePlace place)
    {
        (string id, int number) = ItemFileName.Parse(place.Name, HtmlContent.DocumentEnding)!.Value;

        // A newer version that the index did not come to know mostly has another name.
        return _entries.TryGetValue(KeyOf(id, number), out HtmlIndexEntry? known) && known.Name == place.Name ? known
            : HtmlDocumentHeading.Read(place.Path);
    }

    private static string KeyOf(string id, int number) => id + "-" + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
