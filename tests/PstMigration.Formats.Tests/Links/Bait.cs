using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using PstMigration.Formats.Tests.Trees;
using Xunit;

namespace PstMigration.Formats.Tests.Links;

/// <summary>
/// What a mail may refer to and nobody may open: a file, by a path, a file: address and a UNC path, and a port that listens. Opening a file is seen by
/// the kernel's watch (Linux), a connection by the queue of the port; what was in a file is looked for in what was written.
/// </summary>
internal sealed class Bait : IDisposable
{
    private const int NonBlocking = 0x800;
    private const uint Opened = 0x20;

    private readonly Folder _folder = new();
    private readonly string _uncFile;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _watch = -1;

    public Bait()
    {
        _listener.Start();
        string authority = "127.0.0.1:" + ((IPEndPoint)_listener.LocalEndpoint).Port;
        Web = "http://" + authority + "/bait.png";

        // Windows takes this for WebDAV at our port. Elsewhere it is the name of a file in the current directory: this one.
        Unc = @"\\" + authority.Replace(':', '@') + @"\share\bait.png";
        _uncFile = Path.Combine(Environment.CurrentDirectory, Unc);
        FilePath = _folder.At("bait.png");
        List<string> files = Path.DirectorySeparatorChar == '/' ? [FilePath, _uncFile] : [FilePath];
        files.ForEach(f => File.WriteAllText(f, Secret));
        if (IsLinux)
        {
            _watch = inotify_init1(NonBlocking);
            files.ForEach(f => Assert.True(inotify_add_watch(_watch, f, Opened) > 0));
        }
    }

    public static bool IsLinux => RuntimeInformation.IsOSPlatform(OSPlatform.Linux);

    /// <summary>Gets what stands in the files.</summary>
    public string Secret { get; } = "bait" + Guid.NewGuid().ToString("N");

    public string FilePath { get; }

    public string Web { get; }

    public string Unc { get; }

    /// <summary>Gets every way to write where the files and the port are.</summary>
    public IReadOnlyList<string> Addresses => [FilePath, new Uri(FilePath).AbsoluteUri, Unc, "file:" + Unc.Replace('\\', '/'), Web];

    /// <summary>Whether a file was opened or a connection asked for since the last question.</summary>
    public bool IsTaken()
    {
        byte[] events = new byte[4096];
        bool isOpened = _watch >= 0 && (long)read(_watch, events, new IntPtr(events.Length)) > 0;
        bool isConnected = _listener.Pending();
        while (_listener.Pending())
        {
            _listener.AcceptTcpClient().Close();
        }

        return isOpened || isConnected;
    }

    /// <summary>Fails where one of the files holds the secret, as it is or in Base64.</summary>
    public void AssertIsNotIn(IEnumerable<string> files)
    {
        foreach (string file in files)
        {
            string text = Encoding.ASCII.GetString(File.ReadAllBytes(file)).Replace("\r", "").Replace("\n", "");
            Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
            for (int shift = 0; shift < 3; shift++)
            {
                // The letters at both ends depend on what stands beside them.
                string base64 = Convert.ToBase64String(Encoding.ASCII.GetBytes(new string(' ', shift) + Secret));
                Assert.DoesNotContain(base64.Substring(4, 36), text, StringComparison.Ordinal);
            }
        }
    }

    public void Dispose()
    {
        _listener.Stop();
        if (_watch >= 0)
        {
            Assert.Equal(0, close(_watch));
        }

        if (File.Exists(_uncFile) && IsLinux)
        {
            File.Delete(_uncFile);
        }

        _folder.Dispose();
    }

    [DllImport("libc")]
    private static extern int inotify_init1(int flags);

    [DllImport("libc", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int inotify_add_watch(int watch, string path, uint mask);

    [DllImport("libc")]
    private static extern IntPtr read(int file, byte[] buffer, IntPtr count);

    [DllImport("libc")]
    private static extern int close(int file);
}
