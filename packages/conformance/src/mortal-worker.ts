// The worker of the engine, which can be made to die as workers do: by an error that nobody handles.
import '@datasync/engine/worker'

const channel = new BroadcastChannel(new URL(location.href).hash)
channel.addEventListener('message', () => {
  self.close()
  throw new Error('out of memory, say')
})
