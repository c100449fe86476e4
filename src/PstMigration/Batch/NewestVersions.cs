using PstMigration.Mapi;
using PstMigration.Pst;

namespace PstMigration.Batch;

/// <summary>Of all files that go to one place, in which of them the newest version of each item is: exports of one mailbox hold the same items, one older than the other. Imports from any thread.</summary>
internal sealed class NewestVersions
{
    private readonly Dictionary<string, SortedSet<string>> _together = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PstVersions> _versions = new(StringComparer.Ordinal);

    /// <summary>Notes a file, before the first is imported.</summary>
    internal void Add(MailboxImport import)
    {
        if (!_together.TryGetValue(import.Place, out SortedSet<string>? paths))
        {
            _together.Add(import.Place, paths = new SortedSet<string>(StringComparer.Ordinal));
        }

        paths.Add(import.Path);
    }

    /// <summary>The import of a file without items of which another one has a newer version.</summary>
    /// <exception cref="MailDataException">A file cannot be read.</exception>
    internal MailboxImport Of(MailboxImport import)
    {
        if (import.Format != PstItemFormat.Instance)
        {
            return import;
        }

        PstVersions versions = Read(import.Place);
        return import with { Options = import.Options with { FindNewer = key => versions.FindNewer(import.Path, key) } };
    }

    private PstVersions Read(string place)
    {
        lock (_versions)
        {
            if (!_versions.TryGetValue(place, out PstVersions? versions))
            {
                _versions.Add(place, versions = PstVersions.Read(_together[place].Where(File.Exists)));
            }

            return versions;
        }
    }
}
