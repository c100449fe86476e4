using System.Management.Automation;
using PstMigration.Errors;
using PstMigration.Mapi;

namespace PstMigration.Commands;

/// <summary>
/// The base of cmdlets that take existing files, and directories where these are inputs too, by <c>-Path</c> (wildcards) or <c>-LiteralPath</c>. What is wrong with one path
/// is an error about it, and the others are still processed.
/// </summary>
public abstract class PathCommand : AsyncCommand
{
    /// <summary>The parameter set with <see cref="Path"/>.</summary>
    protected const string PathSet = "Path";

    /// <summary>The parameter set with <see cref="LiteralPath"/>.</summary>
    protected const string LiteralPathSet = "LiteralPath";

    /// <summary>Paths, where <c>*</c>, <c>?</c> and <c>[ ]</c> stand for others unless a file has just that name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [Alias("FullName", "FilePath", "DataFile")]
    [PathTransformation]
    [AllowNull]
    [AllowEmptyString]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Paths taken as they are.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Whether a directory is an input as a file is; if not, naming one is an error.</summary>
    protected virtual bool TakesDirectories => false;

    /// <summary>The files that objects are of, in a parameter set that takes objects of files; null in any other.</summary>
    private protected virtual IEnumerable<string>? ObjectPaths => null;

    /// <summary>Processes one existing file, or directory where <see cref="TakesDirectories"/>.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="cancellationToken">Stops with the pipeline.</param>
    protected abstract Task ProcessFileAsync(string path, CancellationToken cancellationToken);

    /// <inheritdoc/>
    private protected override MailDataException? NotTaken =>
        (ParameterSetName == PathSet && Given.IsNotTaken(Path)) || (ParameterSetName == LiteralPathSet && Given.IsNotTaken(LiteralPath)) ? PathErrors.NotOfFile() : null;

    /// <summary>Whether it is no error that nothing has this name any more. On the pipeline thread.</summary>
    private protected virtual bool IsKnownToBeGone(string given) => false;

    /// <summary>Processes what came in a parameter set of the cmdlet's own, without paths.</summary>
    protected virtual Task ProcessObjectsAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    protected sealed override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        if (ObjectPaths is IEnumerable<string> paths)
        {
            foreach (string path in paths)
            {
                await ProcessOneAsync(path, cancellationToken).ConfigureAwait(false);
            }

            return;
        }

        if (ParameterSetName is not (PathSet or LiteralPathSet))
        {
            await ProcessObjectsAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        bool literal = ParameterSetName == LiteralPathSet;
        foreach (string given in (literal ? LiteralPath : Path) ?? [""])
        {
            try
            {
                if (given.Length == 0)
                {
                    throw PathErrors.Missing();
                }

                IReadOnlyList<string> files = await OnPipelineAsync(() => Existing(given, literal)).ConfigureAwait(false);
                if (files.Count == 0 && !await OnPipelineAsync(() => IsKnownToBeGone(given)).ConfigureAwait(false))
                {
                    WriteWarning(LocalText.Format(Strings.NothingMatches, given));
                }

                foreach (string file in files)
                {
                    await ProcessOneAsync(file, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (Exception e) when (ErrorRecords.IsAboutData(e))
            {
                if (!await OnPipelineAsync(() => IsKnownToBeGone(given)).ConfigureAwait(false))
                {
                    WriteError(ErrorRecords.From(e, given));
                }
            }
        }
    }

    /// <summary>The existing files that a path means. On the pipeline thread.</summary>
    private protected virtual IReadOnlyList<string> Existing(string given, bool literal) =>
        TakesDirectories ? FileSystemPaths.ExistingAny(this, given, literal) : FileSystemPaths.Existing(this, given, literal);

    private async Task ProcessOneAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            await ProcessFileAsync(file, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (ErrorRecords.IsAboutData(e))
        {
            WriteError(ErrorRecords.From(e, file));
        }
    }
}
