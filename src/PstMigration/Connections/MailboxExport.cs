using PstMigration.Mapi;
using PstMigration.Pst;

namespace PstMigration;

/// <summary>The data file a mailbox is exported to: a new one, or an earlier export of the same mailbox, which is brought up to date.</summary>
internal static class MailboxExport
{
    /// <summary>
    /// Opens the file at a path, or the series that begins with it, making the first file where it is missing. An export that was stopped holds what was committed.
    /// </summary>
    /// <param name="path">The full path of the file.</param>
    /// <param name="displayName">What Outlook calls it.</param>
    /// <param name="storeKey">Of the mailbox.</param>
    /// <param name="split">Where a series goes on with another file; null for as it did before: an export that is a series stays one.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="warn">Is told of files of the series that are missing.</param>
    /// <exception cref="PstException">PstExists: another file exists there, or where a part would be, which is left alone; or it cannot be opened.</exception>
    internal static IItemTarget Open(string path, string displayName, string storeKey, PstSplit? split, TimeProvider clock, Action<string>? warn = null)
    {
        if (File.Exists(path) && !IsExportOf(path, storeKey))
        {
            throw Errors.FileErrors.Exists(path);
        }

        PstSeries series = new(path);
        PstSplit? rule = split ?? series.FindRule(storeKey);
        PstCreateOptions create = new() { DisplayName = displayName, TimeProvider = clock };
        if (rule is not null)
        {
            series.FindParts(storeKey);
            TellMissing(series, warn);
        }

        if (!File.Exists(path))
        {
            using PstFileBuilder builder = PstFileBuilder.Create(path, create);
            builder.StoreProperties.Set(PropertyNames.ExportOf, storeKey);
            builder.StoreProperties.Set(PropertyNames.Split, rule?.ToString());
            builder.StoreProperties.Set(PropertyNames.Parts, rule is null ? null : PstSeries.ListOf([]));
            builder.Complete();
        }

        return rule is null ? PstItemTarget.Open(path, new PstEditOptions { TimeProvider = clock }) : PstSeriesTarget.Open(path, rule, storeKey, create);
    }

    /// <summary>The files of a series that has a directory to itself, the first before its parts.</summary>
    internal static IReadOnlyList<string> FilesIn(string directory) =>
    [
        .. Directory.EnumerateFiles(directory).Where(f => PstItemFormat.Instance.Extensions[0].Equals(Path.GetExtension(f), StringComparison.OrdinalIgnoreCase))
            .OrderBy(f => f.Length).ThenBy(f => f, StringComparer.Ordinal),
    ];

    /// <summary>Whether all data files in a directory are one series.</summary>
    internal static bool IsSeries(string directory) =>
        FilesIn(directory) is { Count: > 0 } files && PstSeries.Of(files[0])?.Find().Count == files.Count;

    /// <summary>Says of each file of a series that is missing that it is.</summary>
    /// <exception cref="PstException">A file cannot be looked at: PstInUse, PstAccessDenied, PstReadFailed.</exception>
    internal static void TellMissing(PstSeries series, Action<string>? warn)
    {
        foreach (string path in warn is null ? [] : series.FindMissing())
        {
            warn!(LocalText.Format(Strings.SeriesPartMissing, path, series.FirstPath));
        }
    }

    /// <summary>Opens a data file that exists, or all of the series that begins with it.</summary>
    /// <exception cref="PstException">A file cannot be opened.</exception>
    internal static IItemTarget OpenExisting(string path, TimeProvider clock) => PstSeries.RuleOf(path) is (PstSplit rule, string exportOf)
        ? PstSeriesTarget.Open(path, rule, exportOf, new PstCreateOptions { TimeProvider = clock })
        : PstItemFormat.Instance.OpenTarget(path, new ItemTargetOptions { Time = clock });

    /// <summary>The files of an open export.</summary>
    internal static IReadOnlyList<(string Path, long Length)> FilesOf(IItemTarget target) => target switch
    {
        PstSeriesTarget series => series.Parts,
        PstItemTarget file => [(file.Name, file.Length)],
        _ => [],
    };

    /// <summary>Opens what was exported to be read: a file, or all of a series.</summary>
    /// <exception cref="PstException">A file cannot be opened.</exception>
    internal static async Task<IItemSource> OpenWrittenAsync(string path) => new PstSeries(path).Find() is { Count: > 0 } files
        ? await PstSeriesSource.OpenAsync(files, new ItemSourceOptions()).ConfigureAwait(false)
        : PstItemFormat.Instance.OpenSource(path, new ItemSourceOptions());

    /// <summary>Opens what somebody named to be read: a data file, all of the series that begins with it or has a directory to itself, or a file or tree of mail.</summary>
    /// <param name="path">Its full path; it exists.</param>
    /// <param name="warn">Is told of files of a series that are missing.</param>
    /// <exception cref="MailDataException">It is none of these, or cannot be opened.</exception>
    internal static async Task<IItemSource> OpenSavedAsync(string path, Action<string> warn)
    {
        PstSeries? series = Directory.Exists(path) ? (IsSeries(path) ? PstSeries.Of(FilesIn(path)[0]) : null)
            : ModuleFormats.Of(path, null) == PstItemFormat.Instance && PstSeries.Of(path) is PstSeries of && of.FirstPath == path ? of
            : null;
        if (series is null)
        {
            return ModuleFormats.Of(path, null).OpenSource(path, new ItemSourceOptions());
        }

        TellMissing(series, warn);
        return await PstSeriesSource.OpenAsync(series.Find(), new ItemSourceOptions()).ConfigureAwait(false);
    }

    /// <exception cref="PstException">The file cannot be looked at: PstInUse, PstAccessDenied, PstReadFailed.</exception>
    private static bool IsExportOf(string path, string storeKey)
    {
        try
        {
            using PstFile file = PstFile.Open(path);
            return file.Properties.GetString(PropertyNames.ExportOf) == storeKey;
        }
        catch (PstException e) when (e.IsUnsound)
        {
            // No export of ours.
            return false;
        }
    }
}
