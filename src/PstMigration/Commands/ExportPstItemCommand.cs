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
    private PstFile? _file;
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
        // This is not the pipeline thread: nothing waits for this one but the file that is read.
        ExportFileAsync(file, cancellationToken).GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    protected override async Task ProcessObjectsAsync(CancellationToken cancellationToken)
    {
        foreach (PstItemInfo info in InputObject)
        {
            if (await FindAsync(info.Path).ConfigureAwait(false) is not OpenExport export)
            {
                continue;
            }

            try
            {
                PstFile file = await OpenFileAsync(info.Path, cancellationToken).ConfigureAwait(false);
                await AddAsync(ExportEntry.Of(file, info), export, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (ErrorRecords.IsAboutData(e))
            {
                export.Result.Add(null);
                WriteError(ErrorRecords.From(e, info));
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        await DrainAsync(cancellationToken).ConfigureAwait(false);
        CloseFile();
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
            _file?.Dispose();
            _progress?.Dispose();
            _order.ForEach(e => e.Exporter.Dispose());
        }

        base.Dispose(disposing);
    }

    private async Task ExportFileAsync(PstFile file, CancellationToken cancellationToken)
    {
        if (await FindAsync(file.Path).ConfigureAwait(false) is not OpenExport export)
        {
            return;
        }

        foreach (PstFolder folder in SelectFolders(file))
        {
            foreach (PstItemSummary item in folder.EnumerateItems())
            {
                cancellationToken.ThrowIfCancellationRequested();
                await AddAsync(new ExportEntry(file, folder.Path, item.NodeId, folder.Path + ": " + item.Subject), export, cancellationToken).ConfigureAwait(false);
            }
        }

        // The base may close the file once this is done.
        await DrainAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The data file of items that are piped in. They mostly come file by file: one is open at a time.</summary>
    private async Task<PstFile> OpenFileAsync(string path, CancellationToken cancellationToken)
    {
        if (_file?.Path != path)
        {
            await DrainAsync(cancellationToken).ConfigureAwait(false);
            CloseFile();
            _file = PstFile.Open(path, new PstOpenOptions { CodePage = CodePage, AcceptDamage = AcceptDamage });
        }

        return _file!;
    }

    private void CloseFile()
    {
        if (_file?.Damage.Count > 0)
        {
            WriteWarning(LocalText.Format(Strings.PstDamageFound, _file.Path, _file.Damage.Count, _file.Damage[0]));
        }

        _file?.Dispose();
        _file = null;
    }

    private Task AddAsync(ExportEntry entry, OpenExport export, CancellationToken cancellationToken) =>
        RunAsync(() => _queue!.AddAsync(entry, export.Exporter, cancellationToken));

    private Task DrainAsync(CancellationToken cancellationToken) => RunAsync(() => _queue!.DrainAsync(cancellationToken));

    private async Task<OpenExport?> FindAsync(string pst)
    {
        if (!_exports.TryGetValue(pst, out OpenExport? export))
        {
            export = await OpenAsync(pst).ConfigureAwait(false);
            _exports.Add(pst, export);
        }

        return export;
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

    private void Report(ExportEntry entry, ExportOutcome outcome)
    {
        _exports[entry.File.Path]!.Result.Add(outcome.Result);
        _progress!.Report(entry.Folder + " (" + (++_done).ToString(System.Globalization.CultureInfo.CurrentCulture) + ")");
        if (outcome.Error is Exception error)
        {
            WriteError(ErrorRecords.From(error, entry.Shown));
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
