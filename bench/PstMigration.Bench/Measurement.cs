using System.Diagnostics;
using System.Globalization;
using System.Runtime;

namespace PstMigration.Bench;

/// <summary>One measured piece of work: its time, and the most the GC heap held when asked.</summary>
internal sealed class Measurement
{
    private const double Megabyte = 1e6;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private long _heap;
    private int _samples;

    /// <summary>To be called once for each item; looks at the heap now and then.</summary>
    public void Tick()
    {
        if (_samples++ % 64 == 0)
        {
            _heap = Math.Max(_heap, GC.GetTotalMemory(forceFullCollection: false));
        }
    }

    /// <summary>Prints the one line of a run.</summary>
    /// <param name="counts">What was done.</param>
    /// <param name="bytes">The size of the file; MB/s are told of it.</param>
    /// <param name="output">Where to.</param>
    public void Print(string counts, long bytes, TextWriter output)
    {
        double seconds = _watch.Elapsed.TotalSeconds;
        using Process process = Process.GetCurrentProcess();
        output.WriteLine(string.Format(
            CultureInfo.InvariantCulture,
            "{0} file_mb={1:F1} seconds={2:F3} mb_per_s={3:F1} heap_max_mb={4:F1} peak_mb={5:F0} allocated_mb={6:F1} compiling_s={7:F3}",
            counts,
            bytes / Megabyte,
            seconds,
            bytes / Megabyte / seconds,
            _heap / Megabyte,
            process.PeakWorkingSet64 / Megabyte,
            GC.GetTotalAllocatedBytes() / Megabyte,
            JitInfo.GetCompilationTime().TotalSeconds));
    }
}
