using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Files;

namespace PstMigration.Pst.Checking;

/// <summary>What all parts of one check share: the file, the findings not yet taken, the counts, the limit of work.</summary>
internal sealed class CheckContext
{
    // A sound file is read about three times over. The allowance grows with the file and lets small files share blocks freely.
    private const long WorkPerByte = 16;
    private const long BaseWork = 64L << 20;

    private readonly IFileBytes _file;
    private readonly PstFormats _format;
    private readonly Dictionary<PstCheckRule, long> _seen = [];
    private readonly HashSet<PstCheckRule> _silenced = [];
    private readonly Queue<PstFinding> _findings = new();
    private readonly IProgress<PstCheckProgress>? _progress;
    private readonly TimeProvider _time;
    private readonly CancellationToken _cancellation;
    private long _work;
    private long _reported;
    private PstCheckPhase _phase;
    private long _done;
    private long _total;

    public CheckContext(
        IFileBytes file,
        PstHeader header,
        PstLayout layout,
        PstCheckOptions options,
        IProgress<PstCheckProgress>? progress,
        TimeProvider time,
        CancellationToken cancellation)
    {
        _file = file;
        Header = header;
        Layout = layout;
        Options = options;
        FileLength = file.Length;
        _format = layout.Format switch
        {
            PstFormat.Ansi => PstFormats.Ansi,
            PstFormat.Unicode => PstFormats.Unicode,
            _ => PstFormats.Only4K,
        };
        _progress = progress;
        _time = time;
        _cancellation = cancellation;
        _work = BaseWork + (WorkPerByte * Math.Min(FileLength, long.MaxValue / (2 * WorkPerByte)));
        _reported = time.GetTimestamp();
    }

    public PstLayout Layout { get; }

    public PstHeader Header { get; }

    public PstCheckOptions Options { get; }

    /// <summary>Bytes in the file when the check began.</summary>
    public long FileLength { get; }

    /// <summary>Where the contents end: ibFileEof, or the end of the file where that is nonsense.</summary>
    public long End => Header.Root.FileLength is long end && end > Layout.FirstAMapOffset && end < FileLength ? end : FileLength;

    /// <summary>Whether findings are dropped, while something is looked up that is checked in its own turn.</summary>
    public bool IsQuiet { get; set; }

    public long Pages { get; set; }

    public long Blocks { get; set; }

    public long Nodes { get; set; }

    public long Items { get; set; }

    public long Bytes { get; private set; }

    public PstCheckCounts Counts => new(Pages, Blocks, Nodes, Items, Bytes);

    /// <summary>Reads bytes of the file.</summary>
    /// <returns>False where the file ends before.</returns>
    public bool TryRead(long offset, Span<byte> buffer)
    {
        Spend(buffer.Length);
        int count = _file.ReadAt(offset, buffer);
        Bytes += count;
        return count == buffer.Length;
    }

    /// <summary>Looks at what stands behind an end.</summary>
    public FileTail ReadTail(long end) => FileTailReader.Read(_file, end, Layout);

    /// <summary>Accounts for work that the length of the file has to justify.</summary>
    /// <exception cref="CheckStoppedException">It no longer does.</exception>
    public void Spend(long bytes)
    {
        _work -= bytes;
        if (_work < 0)
        {
            throw new CheckStoppedException();
        }
    }

    /// <summary>Whether a rule is to be applied to this file.</summary>
    public bool Applies(PstCheckRule rule) =>
        !IsQuiet
        && (rule.Formats & _format) != 0
        && (rule.AppliesTo == PstRuleScope.Any || Options.OwnWriter)
        && !_silenced.Contains(rule);

    /// <summary>Stops applying rules that would only repeat, many times over, that something they rest on is damaged.</summary>
    public void Silence(params PstCheckRule[] rules) => _silenced.UnionWith(rules);

    /// <summary>Records a broken rule of a page, a block or the file.</summary>
    public void Report(PstCheckRule rule, long? offset, string structure, params object[] arguments) =>
        Add(rule, offset, structure, default, arguments);

    /// <summary>Records a broken rule of a node.</summary>
    public void Report(PstCheckRule rule, Place place, params object[] arguments)
    {
        if (Applies(rule))
        {
            Add(rule, place.Offset, place.ToString(), place.Root, arguments);
        }
    }

    /// <summary>The next finding not yet taken.</summary>
    public bool TryTake(out PstFinding finding)
    {
        bool any = _findings.Count > 0;
        finding = any ? _findings.Dequeue() : null!;
        return any;
    }

    /// <summary>How many findings were counted but not kept, by rule id.</summary>
    public Dictionary<string, long> CountOmitted()
    {
        Dictionary<string, long> omitted = [];
        foreach (KeyValuePair<PstCheckRule, long> rule in _seen)
        {
            if (rule.Value > Options.MaxFindingsPerRule)
            {
                omitted.Add(rule.Key.Id, rule.Value - Options.MaxFindingsPerRule);
            }
        }

        return omitted;
    }

    /// <summary>A part of the check begins.</summary>
    public void Begin(PstCheckPhase phase, long total)
    {
        _phase = phase;
        _done = 0;
        _total = total;
    }

    /// <summary>A unit of the part is done: lets the caller cancel, tells how far it is.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public void Advance()
    {
        _cancellation.ThrowIfCancellationRequested();
        _done++;
        if (_progress is not null)
        {
            long now = _time.GetTimestamp();
            if (_time.GetElapsedTime(_reported, now) >= TimeSpan.FromMilliseconds(200))
            {
                _reported = now;
                _progress.Report(new PstCheckProgress(_phase, _done, _total, Counts));
            }
        }
    }

    private void Add(PstCheckRule rule, long? offset, string structure, NodeId node, object[] arguments)
    {
        if (!Applies(rule))
        {
            return;
        }

        _seen.TryGetValue(rule, out long count);
        _seen[rule] = count + 1;
        if (count < Options.MaxFindingsPerRule)
        {
            _findings.Enqueue(new PstFinding(rule, offset, structure, node, arguments));
        }
    }
}
