using System.Management.Automation.Host;

namespace PstMigration.Shell;

/// <summary>What views need to know of a screen: how wide it is. There is no cell to read or key to wait for.</summary>
internal sealed class ShellRawInterface(Func<int> width) : PSHostRawUserInterface
{
    private const int Height = 50;

    /// <inheritdoc/>
    public override Size BufferSize
    {
        get => new(width(), Height);
        set { }
    }

    /// <inheritdoc/>
    public override Size WindowSize
    {
        get => new(width(), Height);
        set { }
    }

    /// <inheritdoc/>
    public override Size MaxPhysicalWindowSize => WindowSize;

    /// <inheritdoc/>
    public override Size MaxWindowSize => WindowSize;

    /// <inheritdoc/>
    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    /// <inheritdoc/>
    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    /// <inheritdoc/>
    public override Coordinates CursorPosition { get; set; }

    /// <inheritdoc/>
    public override int CursorSize { get; set; } = 25;

    /// <inheritdoc/>
    public override Coordinates WindowPosition { get; set; }

    /// <inheritdoc/>
    public override string WindowTitle { get; set; } = "";

    /// <inheritdoc/>
    public override bool KeyAvailable => false;

    /// <inheritdoc/>
    public override int LengthInBufferCells(char source) => IsWide(source) ? 2 : 1;

    /// <inheritdoc/>
    public override int LengthInBufferCells(string source) => LengthInBufferCells(source, 0);

    /// <inheritdoc/>
    public override int LengthInBufferCells(string source, int offset)
    {
        int cells = 0;
        for (int i = offset; i < source.Length; i++)
        {
            cells += LengthInBufferCells(source[i]);
        }

        return cells;
    }

    /// <inheritdoc/>
    public override void FlushInputBuffer()
    {
    }

    /// <inheritdoc/>
    public override KeyInfo ReadKey(ReadKeyOptions options) => throw new NotSupportedException("This shell reads lines, not keys.");

    /// <inheritdoc/>
    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw new NotSupportedException("This shell has no screen buffer.");

    /// <inheritdoc/>
    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) =>
        throw new NotSupportedException("This shell has no screen buffer.");

    /// <inheritdoc/>
    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) =>
        throw new NotSupportedException("This shell has no screen buffer.");

    /// <inheritdoc/>
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) =>
        throw new NotSupportedException("This shell has no screen buffer.");

    // East Asian wide and full-width characters (Unicode TR 11), as terminals draw them.
    private static bool IsWide(char c) => c is (>= '\u1100' and <= '\u115F') or (>= '\u2E80' and <= '\uA4CF' and not '\u303F')
        or (>= '\uAC00' and <= '\uD7A3') or (>= '\uF900' and <= '\uFAFF') or (>= '\uFE30' and <= '\uFE6F') or (>= '\uFF00' and <= '\uFF60') or (>= '\uFFE0' and <= '\uFFE6');
}
