using System.Management.Automation;
using PstMigration.Errors;
using PstMigration.Mapi;
using PstMigration.Pst;
using PstMigration.Transfer;

namespace PstMigration.Commands;

/// <summary>
/// Import-PstItem: copies items of data files and of files of mail into an existing data file, or into a new one. What an earlier run brought is not brought again.
/// </summary>
[Cmdlet(VerbsData.Import, "PstItem", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = PathSet)]
[OutputType(typeof(PstTransferResult))]
[OutputType(typeof(PstTransferItem))]
public sealed class ImportPstItemCommand : ImportCommand
{
    private string _destination = "";
    private PstItemTarget? _target;

    /// <summary>The data file to add to; made where it is missing.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("DestinationPath")]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    /// <summary>What the sources are; without it that is told by their names and how they begin.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateSet("Pst", "Eml", "Mbox", "Maildir")]
    public string? Format { get; set; }

    /// <summary>What the labels people gave to their mail in Gmail become, of an mbox file of Google Takeout.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateSet(nameof(GmailLabelUse.Category), nameof(GmailLabelUse.Folder))]
    public string GmailLabels { get; set; } = nameof(GmailLabelUse.Category);

    /// <inheritdoc/>
    protected override bool TakesDirectories => true;

    /// <inheritdoc/>
    protected override async Task BeginAsync(CancellationToken cancellationToken)
    {
        _destination = await OnPipelineAsync(() => FileSystemPaths.Full(this, Destination)).ConfigureAwait(false);
        PstDestination.Check(_destination);
    }

    /// <inheritdoc/>
    protected override async Task ProcessFileAsync(string path, CancellationToken cancellationToken)
    {
        CheckSource(path);
        ItemFormat format = ModuleFormats.Of(path, Format);
        GmailLabelUse labels = (GmailLabelUse)Enum.Parse(typeof(GmailLabelUse), GmailLabels, ignoreCase: true);
        IItemSource source = format.OpenSource(path, new ItemSourceOptions { CodePage = CodePage, AcceptDamage = AcceptDamage, GmailLabels = labels });
        await using (source.ConfigureAwait(false))
        {
            await CopyAsync(path, format, source, await OptionsAsync().ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        await base.EndAsync(cancellationToken).ConfigureAwait(false);
        await CloseTargetAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _target?.Dispose();
        }

        base.Dispose(disposing);
    }

    private protected override async Task CopyAsync(
        string path, ItemFormat format, IItemSource source, TransferOptions options, CancellationToken cancellationToken)
    {
        string action = LocalText.Format(Strings.ActionImport, path);
        if (await IsWhatIfAsync().ConfigureAwait(false))
        {
            action += " (" + await Transfer(action).PreviewAsync(source, _ => false, i => [.. i.Losses], options, cancellationToken).ConfigureAwait(false) + ")";
        }

        if (!await ShouldProcessAsync(_destination, action).ConfigureAwait(false))
        {
            return;
        }

        TransferSummary summary;
        try
        {
            summary = await Transfer(LocalText.Format(Strings.ActivityImport, path))
                .RunAsync(source, OpenTargetAsync, options with { OpenWritten = Verification(OpenWritten) }, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // What was committed stays; the next input starts from that.
            await CloseTargetAsync().ConfigureAwait(false);
            throw;
        }

        string? size = PstSize.Warn(PstFormat.Unicode, _target!.Length);
        if (size is not null)
        {
            WriteWarning(_destination + ": " + size);
        }

        WriteObject(new PstTransferResult(path, summary, source.Report)
        {
            SourceFormat = source.Report.Format ?? format.Id,
            Destination = _destination,
            Format = PstItemFormat.Instance.Id,
            SizeWarning = size,
        });
    }

    private Task<IItemSource> OpenWritten(CancellationToken cancellationToken) =>
        Task.FromResult(PstItemFormat.Instance.OpenSource(_destination, new ItemSourceOptions { IncludeHidden = true }));

    // One for all inputs: to know what is in the file already it has to be read.
    private Task<IItemTarget> OpenTargetAsync()
    {
        try
        {
            if (_target is null)
            {
                PstDestination.MakeFolder(_destination);
                _target = (PstItemTarget)PstItemFormat.Instance.OpenTarget(_destination, new ItemTargetOptions { Time = Clock });
            }
        }
        catch (Exception e) when (ErrorRecords.IsAboutData(e))
        {
            // What one input cannot be written to, no other can.
            ThrowTerminatingError(ErrorRecords.From(e, _destination));
        }

        return Task.FromResult<IItemTarget>(_target);
    }

    private async Task CloseTargetAsync()
    {
        if (_target is PstItemTarget target)
        {
            _target = null;
            await target.DisposeAsync().ConfigureAwait(false);
        }
    }

    private protected override void CheckSource(string path)
    {
        if (string.Equals(path, _destination, StringComparison.OrdinalIgnoreCase))
        {
            throw FileErrors.SourceIsDestination(path);
        }
    }
}
