using PstMigration.Mapi;

namespace PstMigration.Pst;

/// <summary>
/// The copies of one item in exports of mailboxes: side by side in one file, or in several files. In a file the one written last is the newest, of several files the
/// one changed last, and where that is the same too, that of the file named last. Other files have none. Some 100 bytes are kept of each copy.
/// </summary>
public sealed class PstVersions
{
    // Of each item its only copy, or where in the list the several are.
    private readonly Dictionary<Guid, (Version First, int Several)> _items = [];
    private readonly List<List<Version>> _several = [];
    private readonly Dictionary<PstCopy, int> _contested = [];

    private PstVersions()
    {
    }

    /// <summary>The copies of items of which there are several.</summary>
    public IReadOnlyCollection<PstCopy> Contested => _contested.Keys;

    /// <summary>Looks at files.</summary>
    /// <param name="paths">The files. What cannot be read has no part in it.</param>
    public static PstVersions Read(IEnumerable<string> paths)
    {
        PstVersions versions = new();
        foreach (string path in (paths ?? throw new ArgumentNullException(nameof(paths))).Distinct(StringComparer.Ordinal))
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

    /// <summary>The path of the file that has a newer version of an item, or the same a second time; of several the newest; null where it is the newest.</summary>
    /// <param name="copy">The item, by the file it is in: copies of one file go their own ways, and may call two items the same.</param>
    /// <param name="counts">Whether a newer version is one; null where each is.</param>
    public string? FindNewer(PstCopy copy, Func<PstCopy, bool>? counts = null)
    {
        if (!_contested.TryGetValue(copy, out int number))
        {
            return null;
        }

        List<Version> versions = _several[number];
        for (int i = versions.Count - 1; versions[i].Copy != copy; i--)
        {
            if (counts?.Invoke(versions[i].Copy) != false)
            {
                return versions[i].Copy.Path;
            }
        }

        return null;
    }

    // A mailbox gives an id to one item for ever; two items of one id that are copied from a file may be two items.
    private void Add(PstFile file, string mailbox)
    {
        foreach (Messaging.StoredCopy copy in file.ListCopies())
        {
            if (copy.SourceKey is string source && source.StartsWith(mailbox + "/", StringComparison.Ordinal))
            {
                Add(Fold.Of(new ItemKey(mailbox, source.Substring(mailbox.Length + 1))), new Version(new PstCopy(file.Path, copy.Id.ToString()), copy.Modified));
            }
        }
    }

    private void Add(Guid item, Version version)
    {
        if (!_items.TryGetValue(item, out (Version First, int Several) known))
        {
            _items.Add(item, (version, -1));
            return;
        }

        if (known.Several < 0)
        {
            known.Several = _several.Count;
            _items[item] = known;
            _several.Add([known.First]);
            _contested.Add(known.First.Copy, known.Several);
        }

        // Oldest first.
        List<Version> versions = _several[known.Several];
        int at = versions.Count;
        while (at > 0 && versions[at - 1].Copy.Path != version.Copy.Path && versions[at - 1].Modified > version.Modified)
        {
            at--;
        }

        versions.Insert(at, version);
        _contested.Add(version.Copy, known.Several);
    }

    private readonly record struct Version(PstCopy Copy, DateTimeOffset? Modified);
}

/// <summary>An item of a data file.</summary>
/// <param name="Path">The full path of the file.</param>
/// <param name="Id">The <see cref="ItemKey.Id"/> of the item there.</param>
public readonly record struct PstCopy(string Path, string Id);
