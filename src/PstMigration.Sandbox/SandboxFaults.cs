namespace PstMigration.Sandbox;

/// <summary>The faults waiting to strike, in the order they were added. For several threads.</summary>
public sealed class SandboxFaults
{
    private readonly object _lock = new();
    private readonly List<Waiting> _waiting = [];

    internal SandboxFaults()
    {
    }

    /// <summary>Faults that have not struck as often as they are to.</summary>
    public int Pending
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Adds a fault.</summary>
    public void Add(SandboxFault fault)
    {
        if (fault is null)
        {
            throw new ArgumentNullException(nameof(fault));
        }

        lock (_lock)
        {
            _waiting.Add(new Waiting(fault));
        }
    }

    /// <summary>Forgets all of them.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _waiting.Clear();
        }
    }

    /// <summary>The fault that strikes this request, or null.</summary>
    internal SandboxFault? Next(string method, string path)
    {
        lock (_lock)
        {
            foreach (Waiting waiting in _waiting)
            {
                SandboxFault fault = waiting.Fault;
                bool matches = (fault.Method is null || string.Equals(fault.Method, method, StringComparison.OrdinalIgnoreCase))
                    && (fault.Path is null || path.IndexOf(fault.Path, StringComparison.OrdinalIgnoreCase) >= 0);
                if (matches && fault.Share is double share)
                {
                    if (waiting.Chance.NextDouble() < share)
                    {
                        return fault;
                    }
                }
                else if (matches && ++waiting.Seen > fault.Skip)
                {
                    if (waiting.Seen == fault.Skip + fault.Times)
                    {
                        _waiting.Remove(waiting);
                    }

                    return fault;
                }
            }

            return null;
        }
    }

    private sealed class Waiting(SandboxFault fault)
    {
        public SandboxFault Fault { get; } = fault;

        public int Seen { get; set; }

        /// <summary>Always the same, so that a run that failed fails again.</summary>
        public Random Chance { get; } = new(20261130);
    }
}
