#if NET
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace PstMigration.Mapi.Compat;

/// <summary>
/// What .NET does not tell of a file on Unix (its kind, its number, its owner), and opening that neither follows a link nor waits for the other end of a
/// pipe. Where the system has no such call (a C library before 2018), nothing is known, and nobody is kept from working.
/// </summary>
internal static class UnixFile
{
    private const int Interrupted = 4;
    private const int NotFound = 2;

    private static readonly bool s_isMac = OperatingSystem.IsMacOS();

    /// <summary>What a name stands for; null where there is nothing, or it cannot be told.</summary>
    /// <param name="path">The name.</param>
    /// <param name="followsLink">Whether it is what a link leads to that is asked for.</param>
    public static UnixFileId? Find(string path, bool followsLink) => Try<UnixFileId>(() =>
    {
        byte[] name = NameOf(path);
        byte[] status = new byte[256];
        int result = !s_isMac ? NativeMethods.StatX(NativeMethods.AtCurrent, name, followsLink ? 0 : NativeMethods.AtNoFollow, NativeMethods.StatXAll, status)
            : followsLink ? NativeMethods.Stat(name, status) : NativeMethods.LinkStat(name, status);
        return result == 0 ? Read(status) : null;
    });

    /// <summary>What an open file is; null where it cannot be told.</summary>
    public static UnixFileId? Of(SafeFileHandle handle) => Try<UnixFileId>(() =>
    {
        byte[] status = new byte[256];
        int file = (int)handle.DangerousGetHandle();
        int result = s_isMac ? NativeMethods.FileStat(file, status)
            : NativeMethods.StatX(file, [0], NativeMethods.AtEmptyPath, NativeMethods.StatXAll, status);
        return result == 0 ? Read(status) : null;
    });

    /// <summary>The user this process acts for; null where that cannot be told.</summary>
    public static uint? User() => Try<uint>(() => NativeMethods.GetEffectiveUser());

    /// <summary>Opens an existing ordinary file for reading, alone. No link is followed.</summary>
    /// <returns>Null where there is no such file any more.</returns>
    /// <exception cref="IOException">It is a link or no file, or somebody has it (EAGAIN).</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    /// <exception cref="PlatformNotSupportedException">The system has no such call.</exception>
    public static FileStream? OpenAlone(string path) => Open(path, NativeMethods.OpenFlags, FileAccess.Read, Lock);

    /// <summary>Opens an existing ordinary file so that all that is written goes to its end. No link is followed.</summary>
    /// <inheritdoc cref="OpenAlone"/>
    public static FileStream? OpenToAppend(string path) => Open(path, NativeMethods.OpenFlags | NativeMethods.AppendFlags, FileAccess.ReadWrite, _ => { });

    private static FileStream? Open(string path, int flags, FileAccess access, Action<int> prepare)
    {
        try
        {
            int file = Repeat(() => NativeMethods.Open(NameOf(path), flags));
            if (file < 0)
            {
                int error = Marshal.GetLastPInvokeError();
                return error == NotFound ? null
                    : error is 1 or 13 ? throw new UnauthorizedAccessException(new IOException(Marshal.GetPInvokeErrorMessage(error), error).Message)
                    : throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
            }

            SafeFileHandle handle = new((IntPtr)file, ownsHandle: true);
            try
            {
                if (Of(handle) is { IsOrdinary: false })
                {
                    throw new IOException("Something that is no file is in the place of one.");
                }

                prepare(file);
                return new FileStream(handle, access, bufferSize: 1);
            }
            catch
            {
                handle.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            throw new PlatformNotSupportedException(e.Message, e);
        }
    }

    /// <summary>Has one file share the content of another (<c>ioctl_ficlone(2)</c>).</summary>
    /// <returns>False where that cannot be.</returns>
    public static bool TryClone(SafeFileHandle source, SafeFileHandle target)
    {
        try
        {
            return OperatingSystem.IsLinux()
                && Repeat(() => NativeMethods.Control((int)target.DangerousGetHandle(), NativeMethods.Clone, (int)source.DangerousGetHandle())) == 0;
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            return false;
        }
    }

    private static void Lock(int file)
    {
        if (Repeat(() => NativeMethods.Lock(file, NativeMethods.ExclusiveAtOnce)) < 0)
        {
            // As .NET says it: EAGAIN, on macOS EWOULDBLOCK with a number of its own.
            int error = Marshal.GetLastPInvokeError();
            throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
        }
    }

    private static int Repeat(Func<int> call)
    {
        int result;
        do
        {
            result = call();
        }
        while (result < 0 && Marshal.GetLastPInvokeError() == Interrupted);
        return result;
    }

    private static T? Try<T>(Func<T?> call)
        where T : struct
    {
        try
        {
            return OperatingSystem.IsWindows() ? null : call();
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            return null;
        }
    }

    private static byte[] NameOf(string path) => Encoding.UTF8.GetBytes(path + '\0');

    // struct statx of Linux, the same on every processor; struct stat of macOS with 64-bit inode numbers.
    private static UnixFileId Read(ReadOnlySpan<byte> status) => s_isMac
        ? new(BinaryPrimitives.ReadUInt16LittleEndian(status[4..]), Number(status[8..]), BinaryPrimitives.ReadUInt32LittleEndian(status), Id(status[16..]))
        : new(MemoryMarshal.Read<ushort>(status[28..]), Number(status[32..]), Number(status[136..]), Id(status[20..]));

    private static ulong Number(ReadOnlySpan<byte> bytes) => MemoryMarshal.Read<ulong>(bytes);

    private static uint Id(ReadOnlySpan<byte> bytes) => MemoryMarshal.Read<uint>(bytes);

    private static class NativeMethods
    {
        internal const int AtCurrent = -100;
        internal const int AtNoFollow = 0x100;
        internal const int AtEmptyPath = 0x1000;

        /// <summary>STATX_BASIC_STATS.</summary>
        internal const uint StatXAll = 0x7FF;

        /// <summary>LOCK_EX | LOCK_NB.</summary>
        internal const int ExclusiveAtOnce = 6;

        /// <summary>FICLONE. Processors that number it otherwise answer that they do not know it.</summary>
        internal const nuint Clone = 0x40049409;

        // O_RDWR | O_APPEND.
        internal static int AppendFlags => s_isMac ? 0xA : 0x402;

        // O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC.
        internal static int OpenFlags => s_isMac ? 0x1000104
            : 0x80800 | (RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64 or Architecture.Armv6 or Architecture.Ppc64le ? 0x8000 : 0x20000);

        [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        internal static extern int StatX(int directory, byte[] path, int flags, uint mask, byte[] status);

        [DllImport("libc", EntryPoint = "stat$INODE64", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern int StatOfX64(byte[] path, byte[] status);

        [DllImport("libc", EntryPoint = "stat", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern int StatOfArm64(byte[] path, byte[] status);

        [DllImport("libc", EntryPoint = "lstat$INODE64", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern int LinkStatOfX64(byte[] path, byte[] status);

        [DllImport("libc", EntryPoint = "lstat", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern int LinkStatOfArm64(byte[] path, byte[] status);

        [DllImport("libc", EntryPoint = "fstat$INODE64", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern int FileStatOfX64(int file, byte[] status);

        [DllImport("libc", EntryPoint = "fstat", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern int FileStatOfArm64(int file, byte[] status);

        [DllImport("libc", EntryPoint = "open", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        internal static extern int Open(byte[] path, int flags);

        [DllImport("libc", EntryPoint = "flock", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        internal static extern int Lock(int file, int operation);

        [DllImport("libc", EntryPoint = "ioctl", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        internal static extern int Control(int file, nuint request, nint argument);

        [DllImport("libc", EntryPoint = "geteuid")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        internal static extern uint GetEffectiveUser();

        private static bool IsX64 => RuntimeInformation.ProcessArchitecture == Architecture.X64;

        internal static int Stat(byte[] path, byte[] status) => IsX64 ? StatOfX64(path, status) : StatOfArm64(path, status);

        internal static int LinkStat(byte[] path, byte[] status) => IsX64 ? LinkStatOfX64(path, status) : LinkStatOfArm64(path, status);

        internal static int FileStat(int file, byte[] status) => IsX64 ? FileStatOfX64(file, status) : FileStatOfArm64(file, status);
    }
}

/// <summary>A file on Unix.</summary>
/// <param name="Mode">st_mode: its kind and rights.</param>
/// <param name="Inode">Its number on the device.</param>
/// <param name="Device">The device.</param>
/// <param name="Owner">The user it belongs to.</param>
internal readonly record struct UnixFileId(ushort Mode, ulong Inode, ulong Device, uint Owner)
{
    /// <summary>Whether it is a file with content: no directory, link, pipe, socket or device.</summary>
    public bool IsOrdinary => (Mode & 0xF000) == 0x8000;

    /// <summary>Whether it is a directory.</summary>
    public bool IsDirectory => (Mode & 0xF000) == 0x4000;

    /// <summary>Whether another is the same file.</summary>
    public bool IsSame(UnixFileId other) => Inode == other.Inode && Device == other.Device;
}
#endif
