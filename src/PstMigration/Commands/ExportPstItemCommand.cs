using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using PstMigration.Errors;
using PstMigration.Exporting;
using PstMigration.Formats;
using PstMigration.Mapi;
using PstMigration.Pst;

namespace PstMigration.Commands;

/// <summary>Export-PstItem: items of data files as files that other programs and people open.</summary>
[Cmdlet(VerbsData.Export, "PstItem", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, DefaultParameterSetName = ItemSet)]
[OutputType(typeof(PstExportResult))]
[OutputType(typeof(FileInfo))]
public sealed class ExportPstItemCommand : PstFolderCommand
{
    private const string ItemSet = "Item";

    // In the order the data files came; null where the user or -WhatIf said no, or nothing can be written there.
    private readonly Dictionary<string, OpenExport?> _exports = new(StringComparer.Ordinal);
    private readonly List<OpenExport> _order = [];
    private ExportOptions _options = null!;
    private ExportDestinations _destinations = null!;
    private ExportQueue? _queue;
    private CommandProgress? _progress;
    private int _done;

    /// <summary>Items of Get-PstItem.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ItemSet)]
    [ValidateNotNull]
    public PstItemInfo[] InputObject { get; set; } = [];

    /// <summary>The folder below which everything is written; made where it is missing.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    /// <summary>The format.</summary>
    [Parameter]
    public ExportFormat Format { get; set; }

    /// <summary>The attached files instead of the items.</summary>
    [Parameter]
    public SwitchParameter AttachmentOnly { get; set; }

    /// <summary>Binary values in JSON.</summary>
    [Parameter]
    public SwitchParameter IncludeBinary { get; set; }

    /// <summary>Writes anew what is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes each file instead of the results.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>How many items are converted at once.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = Environment.ProcessorCount;

    /// <inheritdoc/>
    protected override async Task BeginAsync(CancellationToken cancellationToken)
    {
        string root = await OnPipelineAsync(() => FileSystemPaths.Full(this, Destination)).ConfigureAwait(false);
        _options = new ExportOptions(Format, AttachmentOnly, Force, IncludeBinary);
        _destinations = new ExportDestinations(root, _options);
        _queue = new ExportQueue(ThrottleLimit, Report);
        _progress = StartProgress(Strings.ActivityExportItems);
    }

    /// <inheritdoc/>
    protected override void ProcessPst(PstFile file, CancellationToken cancellationToken)
    {
        string recordKey = Hex.Lower(file.RecordKey.Span);
        foreach (PstFolder folder in Folder is null ? [file.IpmSubtree, .. Below(file.IpmSubtree, IncludeHidden)] : SelectFolders(file))
        {
            string path = folder.Path.ToString();
            foreach (PstItemSummary summary in folder.EnumerateItems())
            {
                cancellationToken.ThrowIfCancellationRequested();
                PstItemInfo info = new(new PstItemReference(Handle, recordKey, file.Generation, summary.NodeId), path, summary);

                // This is not the pipeline thread: nothing waits for this one but the file that is read.
                if (!AddAsync(info, cancellationToken).GetAwaiter().GetResult())
                {
                    return;
                }
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task ProcessObjectsAsync(CancellationToken cancellationToken)
    {
        foreach (PstItemInfo info in InputObject)
        {
            await AddAsync(info, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        await RunAsync(() => _queue!.DrainAsync(cancellationToken)).ConfigureAwait(false);
        foreach (OpenExport export in _order)
        {
            IReadOnlyList<ExportedItem> completed = [];
            await RunAsync(async () => completed = await export.Exporter.CompleteAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            foreach (ExportedItem item in completed)
            {
                export.Result.AddFiles(item);
                WriteFiles(item);
            }

            export.Result.Duration = Clock.GetElapsedTime(export.Started);
            if (!PassThru)
            {
                WriteObject(export.Result);
            }
        }

        _progress?.Dispose();
        await base.EndAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _queue?.Dispose();
            _progress?.Dispose();
            _order.ForEach(e => e.Exporter.Dispose());
        }

        base.Dispose(disposing);
    }

    private async Task<bool> AddAsync(PstItemInfo info, CancellationToken cancellationToken)
    {
        if (!_exports.TryGetValue(info.Path, out OpenExport? export))
        {
            export = await OpenAsync(info.Path).ConfigureAwait(false);
            _exports.Add(info.Path, export);
        }

        if (export is null)
        {
            return false;
        }

        await RunAsync(() => _queue!.AddAsync(info, export.Exporter, cancellationToken)).ConfigureAwait(false);
        return true;
    }

    private async Task<OpenExport?> OpenAsync(string pst)
    {
        string destination = _destinations.PathOf(pst);
        string action = LocalText.Format(Strings.ActionExportItems, pst, _options.FormatName);
        if (!await ShouldProcessAsync(destination, action).ConfigureAwait(false))
        {
            return null;
        }

        try
        {
            OpenExport export = new(_destinations.Open(destination), new PstExportResult(pst, destination, _options.FormatName), Clock.GetTimestamp());
            _order.Add(export);
            return export;
        }
        catch (Exception e) when (ErrorRecords.IsAboutData(e))
        {
            WriteError(ErrorRecords.From(e, destination));
            return null;
        }
    }

    /// <summary>What cannot be written here cannot be written for the next item either.</summary>
    private async Task RunAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception e) when (ErrorRecords.IsAboutData(e))
        {
            ThrowTerminatingError(ErrorRecords.From(e, Destination));
        }
    }

    private void Report(PstItemInfo info, ItemExporter exporter, ExportOutcome outcome)
    {
        _exports[info.Path]!.Result.Add(outcome.Result);
        _progress!.Report(info.Folder + " (" + (++_done).ToString(System.Globalization.CultureInfo.CurrentCulture) + ")");
        if (outcome.Error is Exception error)
        {
            WriteError(ErrorRecords.From(error, info));
        }
        else
        {
            WriteFiles(outcome.Result!);
        }
    }

    private void WriteFiles(ExportedItem item)
    {
        if (!PassThru)
        {
            return;
        }

        IReadOnlyList<string> losses = TransferText.Describe(item.Losses);
        foreach (string file in item.Files)
        {
            PSObject written = PSObject.AsPSObject(new FileInfo(file));
            written.Properties.Add(new PSNoteProperty("Losses", losses));
            WriteObject(written);
        }
    }

    private sealed record OpenExport(ItemExporter Exporter, PstExportResult Result, long Started);
}
