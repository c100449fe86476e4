using System.Globalization;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using PstMigration.Pst;

namespace PstMigration.Commands;

/// <summary>The base of cmdlets that read data files. A file stays open while inputs about it follow each other.</summary>
public abstract class PstFileCommand : PathCommand
{
    private PstFile? _file;

    /// <summary>The code page of 8-bit text, whatever the file says.</summary>
    [Parameter]
    [ValidateRange(1, 65535)]
    public int? CodePage { get; set; }

    /// <summary>Processes an open file, which stays the base's.</summary>
    protected abstract void ProcessPst(PstFile file, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected sealed override Task ProcessFileAsync(string path, CancellationToken cancellationToken)
    {
        if (_file?.Path != path)
        {
            CloseFile();
            _file = PstFile.Open(path, new PstOpenOptions { CodePage = CodePage });
        }

        ProcessPst(_file!, cancellationToken);
        return Task.CompletedTask;
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
            _file?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void CloseFile()
    {
        if (_file is null)
        {
            return;
        }

        if (_file.Damage.Count > 0)
        {
            WriteWarning(string.Format(CultureInfo.CurrentCulture, Strings.PstDamageFound, _file.Path, _file.Damage.Count, _file.Damage[0]));
        }

        _file.Dispose();
        _file = null;
    }
}
