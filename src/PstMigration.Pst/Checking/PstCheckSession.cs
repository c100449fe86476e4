using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Files;

namespace PstMigration.Pst.Checking;

/// <summary>One run of the checker over one open file.</summary>
internal sealed class PstCheckSession
{
    private readonly CheckContext _context;
    private readonly byte[] _header;

    private PstCheckSession(CheckContext context, byte[] header)
    {
        _context = context;
        _header = header;
    }

    /// <summary>What was checked so far.</summary>
    public PstCheckCounts Counts => _context.Counts;

    /// <summary>How many findings were counted but not kept, by rule id.</summary>
    public Dictionary<string, long> Omitted => _context.CountOmitted();

    /// <summary>Opens a file far enough to tell that it is a data file.</summary>
    /// <exception cref="PstException">PstEmpty, PstNotAPst, PstTruncated, PstUnsupported.</exception>
    public static PstCheckSession Open(
        IFileBytes file, string name, PstCheckOptions options, IProgress<PstCheckProgress>? progress, TimeProvider time, CancellationToken cancellation)
    {
        (PstHeader header, byte[] bytes, PstLayout layout) = HeaderReader.Read(file, name);
        return new PstCheckSession(new CheckContext(file, header, layout, options, progress, time, cancellation), bytes);
    }

    /// <summary>Runs the check; each finding is made when it is asked for.</summary>
    public IEnumerable<PstFinding> Run()
    {
        using IEnumerator<Pause> steps = Steps().GetEnumerator();
        bool more = true;
        while (more)
        {
            try
            {
                more = steps.MoveNext();
            }
            catch (CheckStoppedException)
            {
                _context.IsQuiet = false;
                _context.Report(PstCheckRules.LimitReached, null, "file");
                more = false;
            }

            while (_context.TryTake(out PstFinding finding))
            {
                yield return finding;
            }
        }
    }

    private IEnumerable<Pause> Steps()
    {
        HeaderCheck.Run(_context, _header);
        yield return default;

        _context.Begin(PstCheckPhase.Trees, 0);
        NdbCheck ndb = new(_context);
        foreach (Pause pause in ndb.Run())
        {
            yield return pause;
        }

        TailCheck.Run(_context, ndb.Space);
        yield return default;

        NodePlaces places = new(ndb.Nodes, ndb.Blocks);
        foreach (Pause pause in new NodeSetCheck(_context, ndb.Nodes, places).Run())
        {
            yield return pause;
        }

        foreach (Pause pause in new MapCheck(_context, ndb.Space).Run())
        {
            yield return pause;
        }

        if (_context.Options.Quick)
        {
            yield break;
        }

        foreach (Pause pause in new BlockCheck(_context, ndb.Blocks).Run())
        {
            yield return pause;
        }

        BlockSource source = new(_context, ndb.Blocks);
        InternalBlockCheck trees = new(_context, ndb.Blocks, source);
        foreach (Pause pause in trees.Run())
        {
            yield return pause;
        }

        trees.CheckReferences();
        yield return default;

        NodeContents contents = new(_context, ndb.Blocks, trees.Trees, source);
        foreach (Pause pause in new NodeCheck(_context, ndb.Nodes, contents, places).Run())
        {
            yield return pause;
        }
    }
}
