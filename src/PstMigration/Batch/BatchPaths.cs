using System.Management.Automation;
using PstMigration.Errors;
using PstMigration.Transfer;

namespace PstMigration.Batch;

/// <summary>Which files, or folders of mail, a row of a batch means: one, or with wildcards each that matches.</summary>
internal static class BatchPaths
{
    /// <summary>What is to be imported. On the pipeline thread.</summary>
    /// <param name="cmdlet">Finds files.</param>
    /// <param name="row">The row.</param>
    /// <param name="retired">Is told of the files that were retired; null where nothing is retired. They are not imported again.</param>
    /// <exception cref="Mapi.MailDataException">PathNotFound, BatchRowInvalid: nothing matches.</exception>
    internal static IReadOnlyList<string> Of(PSCmdlet cmdlet, ImportBatchRow row, Action<IReadOnlyList<RetiredSource>>? retired)
    {
        bool isLiteral = row.Pattern is null || File.Exists(row.Path) || Directory.Exists(row.Path);
        bool exists = isLiteral && File.Exists(row.Path) && RetiredSource.At(row.Path) is null;
        IReadOnlyList<RetiredSource> known = retired is null || exists ? [] : RetiredFiles.Given(cmdlet, isLiteral ? row.Path : row.Pattern!, isLiteral);
        retired?.Invoke(known);
        if (isLiteral)
        {
            return known.Count > 0 ? [] : [FileSystemPaths.ExistingAny(cmdlet, row.Path, literal: true)[0]];
        }

        IReadOnlyList<string> found = FileSystemPaths.ExistingAny(cmdlet, row.Pattern!, literal: false);
        if (retired is not null)
        {
            found = [.. found.Where(f => !RetiredSource.IsPart(f))];
        }

        return found.Count + known.Count > 0 ? found : throw BatchErrors.Row(Strings.NothingMatches, row.Path);
    }
}
