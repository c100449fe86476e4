namespace PstMigration.Mailboxes;

/// <summary>Places for what is under way, given out in the order they were asked for. How many there are may change at any time. For several threads.</summary>
internal sealed class PlaceQueue(int places)
{
    private readonly object _lock = new();
    private readonly LinkedList<TaskCompletionSource<bool>> _waiting = new();
    private int _places = places;
    private int _taken;

    /// <summary>Waits for a place. <see cref="Leave"/> it once.</summary>
    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LinkedListNode<TaskCompletionSource<bool>> turn;
        lock (_lock)
        {
            if (_taken < _places)
            {
                _taken++;
                return;
            }

            turn = _waiting.AddLast(new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        using CancellationTokenRegistration stop = cancellationToken.Register(() => GiveUp(turn));
        await turn.Value.Task.ConfigureAwait(false);
    }

    /// <summary>Gives a place back.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            _taken--;
            Serve();
        }
    }

    /// <summary>From now on there are this many. Places that are taken stay so.</summary>
    public void Allow(int places)
    {
        lock (_lock)
        {
            _places = places;
            Serve();
        }
    }

    private void Serve()
    {
        while (_taken < _places && _waiting.First is LinkedListNode<TaskCompletionSource<bool>> next)
        {
            _waiting.RemoveFirst();
            _taken++;
            next.Value.SetResult(true);
        }
    }

    private void GiveUp(LinkedListNode<TaskCompletionSource<bool>> turn)
    {
        lock (_lock)
        {
            // Whoever was served in the meantime has no turn left to give up.
            if (turn.List is not null)
            {
                _waiting.Remove(turn);
                turn.Value.SetCanceled();
            }
        }
    }
}
