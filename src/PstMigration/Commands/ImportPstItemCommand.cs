using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using PstMigration.Errors;
using PstMigration.Pst;
using PstMigration.Transfer;

namespace PstMigration.Commands;

/// <summary>
/// Import-PstItem: copies items of data files and of files of mail into a data file that is there, or into a new one. What an earlier run brought is not brought again.
/// </summary>
[Cmdlet(VerbsData.Import, "PstItem", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = PathSet)]
[OutputType(typeof(PstTransferResult))]
[OutputType(typeof(PstTransferItem))]
public sealed class ImportPstItemCommand : ImportCommand
{
    private const string ItemSet = "Item";

    private readonly PstItemSelection _selection = new();
    private string _destination = "";
    private PstItemTarget? _target;

    /// <summary>Items as Get-PstItem gives them.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ItemSet)]
    [ValidateNotNull]
    public PstItemInfo[] InputObject { get; set; } = [];

    /// <summary>The data file to add to; made where it is missing.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    /// <summary>What the sources are; without it that is told by their names and how they begin.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public ImportFormat? Format { get; set; }

    /// <inheritdoc/>
    protected override bool TakesDirectories => true;

    /// <inheritdoc/>
    protected override async Task BeginAsync(CancellationToken cancellationToken) =>
        _destination = await OnPipelineAsync(() => FileSystemPaths.Full(this, Destination)).ConfigureAwait(false);

    /// <inheritdoc/>
    protected override async Task ProcessFileAsync(string path, CancellationToken cancellationToken)
    {
        CheckSource(path);
        using OpenedSource source = OpenedSource.Open(path, Format);
        await CopyAsync(path, source, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override Task ProcessObjectsAsync(CancellationToken cancellationToken)
    {
        Array.ForEach(InputObject, _selection.Add);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        foreach (string path in _selection.Paths)
        {
            try
            {
                await CopySelectedAsync(path, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (ErrorRecords.IsAboutData(e))
            {
                WriteError(ErrorRecords.From(e, path));
            }
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            CloseTarget();
        }

        base.Dispose(disposing);
    }

    private async Task CopySelectedAsync(string path, CancellationToken cancellationToken)
    {
        CheckSource(path);
        Dictionary<NodeId, PstItemInfo> items = _selection.Of(path, i => WriteError(ErrorRecords.From(FileErrors.NotListed(i), i)));
        PstFile file = PstFile.Open(path);
        using OpenedSource source = OpenedSource.Of(file, new PstItemSource(file, [.. items.Keys]));
        PstItemSelection.CheckUnchanged(path, file.Generation, file.StoreKey, items.Values);
        await CopyAsync(path, source, cancellationToken).ConfigureAwait(false);
    }

    private async Task CopyAsync(string path, OpenedSource source, CancellationToken cancellationToken)
    {
        if (!await ShouldProcessAsync(_destination, LocalText.Format(Strings.ActionImport, path)).ConfigureAwait(false))
        {
            return;
        }

        PstItemTarget target = OpenTarget();
        using CommandProgress progress = StartProgress(LocalText.Format(Strings.ActivityImport, path));
        TransferObserver observer = Observe(progress);
        TransferSummary summary;
        try
        {
            summary = await new ItemTransfer(source.Items, target, Options(), observer).RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // What was committed stays; the next input starts from that.
            CloseTarget();
            throw;
        }

        if (source.Warning is string warning)
        {
            WriteWarning(warning);
        }

        string? size = PstSize.Warn(PstFormat.Unicode, target.Length);
        if (size is not null)
        {
            WriteWarning(_destination + ": " + size);
        }

        WriteObject(new PstTransferResult(path, _destination, summary, observer.Issues) { SizeWarning = size });
    }

    // One for all inputs: to know what is in the file already it has to be read.
    private PstItemTarget OpenTarget()
    {
        if (_target is null)
        {
            if (!File.Exists(_destination))
            {
                using PstFileBuilder builder = PstFileBuilder.Create(_destination, new PstCreateOptions { TimeProvider = Clock });
                builder.Complete();
            }

            _target = PstItemTarget.Open(_destination, new PstEditOptions { TimeProvider = Clock });
        }

        return _target;
    }

    private void CloseTarget()
    {
        _target?.Dispose();
        _target = null;
    }

    private void CheckSource(string path)
    {
        if (string.Equals(path, _destination, StringComparison.OrdinalIgnoreCase))
        {
            throw FileErrors.SourceIsDestination(path);
        }
    }
}
