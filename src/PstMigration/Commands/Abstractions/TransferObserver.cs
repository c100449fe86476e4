using System.Management.Automation;
using PstMigration.Errors;
using PstMigration.Mapi;
using PstMigration.Transfer;

namespace PstMigration.Commands;

/// <summary>Shows a run as progress, writes an error for each item and folder that did not arrive, and passes results on.</summary>
/// <param name="streams">The cmdlet's.</param>
/// <param name="progress">Where it stands.</param>
/// <param name="passThru">Whether each item's result is written.</param>
/// <param name="passFiles">Whether each file written is written as such.</param>
internal sealed class TransferObserver(CommandStreams streams, CommandProgress progress, bool passThru, bool passFiles) : ITransferObserver
{
    /// <summary>What is read, as people call it; null where that goes without saying.</summary>
    internal string? Source { get; init; }

    /// <summary>Is told what became of each item, besides; null for nobody.</summary>
    internal Action<ItemResult>? Watch { get; init; }

    private SourceFolder? _folder;
    private long _total;
    private long _done;

    public void OnPlan(int folders, long items) => _total = items;

    public void OnFolder(SourceFolder folder)
    {
        _folder = folder;
        Show();
    }

    public void OnFolderUnreadable(SourceFolder folder, Exception exception) => streams.Error(ErrorRecords.From(exception, folder.Path.ToString()));

    public void OnItem(ItemResult result)
    {
        _done++;
        Watch?.Invoke(result);
        if (result.Fate is ItemFate.Failed or ItemFate.Unsure)
        {
            streams.Error(TransferErrors.Item(new PstTransferItem(result), Source));
        }

        if (passThru)
        {
            streams.Object(new PstTransferItem(result));
        }

        OnFiles(result.Written.Files);
        Show();
    }

    public void OnVerifying(long read, long total) => progress.Report(LocalText.Format(Strings.ProgressVerifying, read, total), total > 0 ? (double)read / total : null);

    /// <summary>Files are complete.</summary>
    internal void OnFiles(IReadOnlyList<WrittenFile> files)
    {
        if (!passFiles)
        {
            return;
        }

        foreach (WrittenFile file in files)
        {
            PSObject written = FileSystemPaths.AsItem(new FileInfo(file.Path));
            written.Properties.Add(new PSNoteProperty("Losses", TransferText.Describe(file.Losses)));
            streams.Object(written);
        }
    }

    private void Show()
    {
        if (_folder is SourceFolder folder)
        {
            progress.Report($"{folder.Path} ({_done}/{Math.Max(_done, _total)})", _total > 0 ? (double)_done / _total : null);
        }
    }
}
