using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>Notes which files a run writes, while somebody else watches it.</summary>
internal sealed class WrittenPaths : ITransferObserver
{
    private readonly HashSet<string> _paths = new(Path.DirectorySeparatorChar == '\\' ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
    private ITransferObserver _observer = new SilentObserver();

    /// <summary>The full paths so far.</summary>
    public ISet<string> Paths => _paths;

    /// <summary>Watches a run for another one.</summary>
    public ITransferObserver Watch(ITransferObserver observer)
    {
        _observer = observer;
        return this;
    }

    public void OnPlan(int folders, long items) => _observer.OnPlan(folders, items);

    public void OnFolder(SourceFolder folder) => _observer.OnFolder(folder);

    public void OnFolderUnreadable(SourceFolder folder, Exception exception) => _observer.OnFolderUnreadable(folder, exception);

    public void OnItem(ItemResult result)
    {
        _paths.UnionWith(result.Written.Files.Select(f => f.Path));
        _observer.OnItem(result);
    }

    public void OnVerifying(long read, long total) => _observer.OnVerifying(read, total);
}
