using System.Globalization;
using PstMigration.Pst;
using PstMigration.Pst.Ndb.Files;
using PstMigration.Pst.Tests.Messaging;

namespace PstMigration.Fuzz;

/// <summary>
/// Reads a spoilt file with damage accepted, on a small stack, and tells what is wrong: an exception that is no
/// <see cref="PstException"/>, more than five seconds of work for the whole of the file, or more memory allocated than its size
/// allows. Seconds are those of the processor, so that a busy machine makes no failures; what waits for ever is endless instead.
/// </summary>
internal static class Trial
{
    private const int StackSize = 512 * 1024;
    private const long FreeBytes = 64L << 20;
    private const int BytesPerFileByte = 4;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);
    private static readonly PstOpenOptions s_options = new() { AcceptDamage = true };

    /// <summary>What is wrong, or null.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="allocated">Bytes allocated in reading it, over all its items.</param>
    /// <param name="isEndless">Whether it is still being read; the process is of no more use then.</param>
    public static string? Run(byte[] bytes, out long allocated, out bool isEndless)
    {
        Exception? failure = null;
        long used = 0;
        Thread thread = new(
            () =>
            {
                long start = GC.GetAllocatedBytesForCurrentThread();
                failure = Read(bytes);
                used = GC.GetAllocatedBytesForCurrentThread() - start;
            },
            StackSize) { IsBackground = true };
        TimeSpan before = Environment.CpuUsage.TotalTime;
        thread.Start();
        isEndless = !thread.Join(s_patience);
        TimeSpan worked = Environment.CpuUsage.TotalTime - before;
        allocated = used;
        return isEndless ? "endless"
            : failure is not null ? failure.ToString()
            : worked > s_limit ? string.Create(CultureInfo.InvariantCulture, $"slow: {worked.TotalSeconds:F1} s")
            : used > (BytesPerFileByte * (long)bytes.Length) + FreeBytes ? string.Create(CultureInfo.InvariantCulture, $"memory: {used} bytes allocated for a file of {bytes.Length}")
            : null;
    }

    private static Exception? Read(byte[] bytes)
    {
        try
        {
            using PstFile file = PstFile.Open(new MemoryFileBytes(bytes), "spoilt.pst", s_options);
            new Walker(file, maxBytes: FreeBytes).Walk();
            return null;
        }
        catch (PstException)
        {
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return e;
        }
    }
}
