using PstMigration.Errors;
using PstMigration.Mapi;
using PstMigration.Pst;

namespace PstMigration.Batch;

/// <summary>What else is to be imported of series of data files of which the first file was given: the others. Which ones are missing is told, also where only parts were given and there is no first.</summary>
/// <param name="warn">Is told of files that are missing.</param>
/// <param name="fail">Is told of a series that cannot be looked at.</param>
internal sealed class SeriesImports(Action<string> warn, Action<Exception, string> fail)
{
    private readonly List<MailboxImport> _given = [];

    /// <summary>Takes down what was given.</summary>
    public void Give(MailboxImport import)
    {
        if (import.Format == PstItemFormat.Instance && File.Exists(import.Path))
        {
            _given.Add(import);
        }
    }

    /// <summary>The files of the series that were not given themselves, each for the place its first file goes to.</summary>
    public IReadOnlyList<MailboxImport> FindOthers()
    {
        List<MailboxImport> others = [];
        HashSet<(string Place, string Path)> given = [.. _given.Select(i => (i.Place, i.Path))];
        HashSet<string> told = new(StringComparer.Ordinal);
        foreach (MailboxImport import in _given)
        {
            try
            {
                // A part that is given means itself, unless there is no first file to give.
                if (SeriesOf(import.Path) is PstSeries series && (series.FirstPath == import.Path || !File.Exists(series.FirstPath)))
                {
                    IEnumerable<string> files = series.FirstPath == import.Path ? series.Find() : [];
                    others.AddRange(files.Where(f => !given.Contains((import.Place, f))).Select(f => import with { Path = f }));
                    if (told.Add(series.FirstPath))
                    {
                        MailboxExport.TellMissing(series, warn);
                    }
                }
            }
            catch (PstException e)
            {
                fail(e, import.Path);
            }
        }

        return others;
    }

    private static PstSeries? SeriesOf(string path)
    {
        try
        {
            return PstSeries.Of(path);
        }
        catch (PstException)
        {
            // Its import says why.
            return null;
        }
    }
}
