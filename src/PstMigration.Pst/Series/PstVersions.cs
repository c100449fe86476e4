using PstMigration.Mapi;

namespace PstMigration.Pst;

/// <summary>
/// Which copies in exports of mailboxes are not the newest of their item: side by side in one file, or in several files. In a file the one written last is the newest, of several files the
/// one changed last, and where that is the same too, that of the file named last. Other files have none. Some 100 bytes are kept of each copy.
/// </summary>
public sealed class PstVersions
{
    private readonly Dictionary<Guid, Version> _newest = [];
    private readonly Dictionary<(string Path, string Id), string> _older = [];

    private PstVersions()
    {
    }

    /// <summary>Looks at files.</summary>
    /// <param name="paths">The files. What cannot be read has no part in it.</param>
    public static PstVersions Read(IEnumerable<string> paths)
    {
        PstVersions versions = new();
        foreach (string path in paths ?? throw new ArgumentNullException(nameof(paths)))
        {
            try
            {
                using PstFile file = PstFile.Open(path);
                if (file.Properties.GetString(PropertyNames.ExportOf) is { Length: > 0 } mailbox)
                {
                    versions.Add(file, mailbox);
                }
            }
            catch (PstException)
            {
                // Whoever reads it says why.
            }
        }

        return versions;
    }

    /// <summary>The path of the file that has a newer version of an item, or the same a second time; null where it is the newest.</summary>
    /// <param name="path">The file it is in: copies of one file go their own ways, and may call two items the same.</param>
    /// <param name="key">The item.</param>
    public string? FindNewer(string path, ItemKey key) => _older.TryGetValue((path, key.Id), out string? newer) ? newer : null;

    // A mailbox gives an id to one item for ever; two items of one id that are copied from a file may be two items.
    private void Add(PstFile file, string mailbox)
    {
        foreach (Messaging.StoredCopy copy in file.ListCopies())
        {
            if (copy.SourceKey is not string source || !source.StartsWith(mailbox + "/", StringComparison.Ordinal))
            {
                continue;
            }

            Guid item = Fold.Of(new ItemKey(mailbox, source.Substring(mailbox.Length + 1)));
            Version version = new(file.Path, copy.Id.ToString(), copy.Modified);
            bool isNewest = true;
            if (_newest.TryGetValue(item, out Version known))
            {
                isNewest = known.Path == version.Path || !(known.Modified > version.Modified);
                (Version newer, Version older) = isNewest ? (version, known) : (known, version);
                _older[(older.Path, older.Id)] = newer.Path;
            }

            if (isNewest)
            {
                _newest[item] = version;
            }
        }
    }

    private readonly record struct Version(string Path, string Id, DateTimeOffset? Modified);
}
