using System.Diagnostics;
using Xunit;

namespace PstMigration.Tests;

/// <summary>A disk in memory that is soon full. Making one takes Linux and an administrator; the test is skipped elsewhere.</summary>
internal sealed class SmallDisk : IDisposable
{
    /// <summary>Makes a disk.</summary>
    /// <param name="kilobytes">How much it holds.</param>
    public SmallDisk(int kilobytes)
    {
        Assert.SkipUnless(Environment.OSVersion.Platform == PlatformID.Unix && Directory.Exists("/proc/self"), "A disk is made on Linux only.");
        Folder = Path.Combine(Path.GetTempPath(), "disk-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(Folder);
        if (Run("mount", $"-t tmpfs -o size={kilobytes}k tmpfs {Folder}") != 0)
        {
            Directory.Delete(Folder);
            Assert.Skip("Only an administrator may make a disk.");
        }
    }

    /// <summary>Where it is.</summary>
    public string Folder { get; }

    /// <summary>A file on it.</summary>
    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>Fills what room there is but for some bytes.</summary>
    public void Fill(int leave = 0)
    {
        string filler = this["filler"];
        try
        {
            using FileStream file = new(filler, FileMode.Append);
            byte[] page = new byte[4096];
            while (true)
            {
                file.Write(page, 0, page.Length);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // Full.
        }

        using FileStream cut = new(filler, FileMode.Open);
        cut.SetLength(Math.Max(0, cut.Length - leave));
    }

    /// <summary>Makes room again.</summary>
    public void Clear() => File.Delete(this["filler"]);

    /// <inheritdoc/>
    public void Dispose()
    {
        // Also where a test that failed has left a file open.
        Run("umount", "-l " + Folder);
        Directory.Delete(Folder);
    }

    private static int Run(string program, string arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }
}
