using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace PstMigration.Mailboxes.Tests;

/// <summary>The body of an answer that stops coming: what it has, then nothing and no end either. A read is not told when its caller has given up, as on .NET Framework.</summary>
[SuppressMessage("Performance", "CA1844", Justification = "The other read goes over this one.")]
internal sealed class StalledBody(string begin) : MemoryStream(Encoding.UTF8.GetBytes(begin))
{
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Position == Length ? new TaskCompletionSource<int>().Task : Task.FromResult(Read(buffer, offset, count));

#if NET
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        byte[] bytes = new byte[buffer.Length];
        int read = await ReadAsync(bytes, 0, bytes.Length, cancellationToken);
        bytes.AsMemory(0, read).CopyTo(buffer);
        return read;
    }
#endif

    public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => new TaskCompletionSource<int>().Task;
}
