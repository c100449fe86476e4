using System.Management.Automation;
using PstMigration.Errors;
using PstMigration.Pst;

namespace PstMigration.Commands;

/// <summary>The base of cmdlets that read data files. A file stays open while inputs about it follow each other.</summary>
public abstract class PstFileCommand : PathCommand
{
    private PstHandle? _handle;
    private PstLease? _lease;

    /// <summary>The code page of 8-bit text, whatever the file says.</summary>
    [Parameter]
    [ValidateRange(1, 65535)]
    public int? CodePage { get; set; }

    /// <summary>Also what is left of damaged items, and of files that were cut off.</summary>
    [Parameter]
    public SwitchParameter AcceptDamage { get; set; }

    /// <summary>The file being processed, for output objects that open it again on demand.</summary>
    private protected PstHandle Handle => _handle!;

    /// <summary>Processes an open file, which stays the base's. Override this, or <see cref="ProcessPst"/> where nothing has to be waited for.</summary>
    protected virtual Task ProcessPstAsync(PstFile file, CancellationToken cancellationToken)
    {
        ProcessPst(file, cancellationToken);
        return Task.CompletedTask;
    }

    /// <inheritdoc cref="ProcessPstAsync"/>
    protected virtual void ProcessPst(PstFile file, CancellationToken cancellationToken)
    {
    }

    /// <inheritdoc/>
    protected sealed override Task ProcessFileAsync(string path, CancellationToken cancellationToken)
    {
        if (_lease?.File.Path != path)
        {
            CloseFile();
            _handle = new PstHandle(path, new PstOpenOptions { CodePage = CodePage, AcceptDamage = AcceptDamage }, Clock);
            _lease = _handle.Open(lingers: false);
        }

        return ProcessPstAsync(_lease!.File, cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task EndAsync(CancellationToken cancellationToken)
    {
        CloseFile();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _lease?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void CloseFile()
    {
        if (_lease is null)
        {
            return;
        }

        PstItemSource source = new(_lease.File);
        try
        {
            SourceReports.Tell(source.Name, source.Report, Streams);
        }
        catch (Exception e) when (ErrorRecords.IsAboutData(e))
        {
            // It is about this file, and another one may be next.
            WriteError(ErrorRecords.From(e, source.Name));
        }

        _lease.Dispose();
        _lease = null;
    }
}
